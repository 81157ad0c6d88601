/** A relay under mixed abuse within the limits: `npm run soak` for 10 minutes, `npm run soak -- 30` for 30. */
import { soak } from './soak.ts';

const minutes = Number(process.argv[2] ?? 10);
const at = [1, 2, 5, 10, 20, 30, 60, 120].filter((minute) => minute < minutes);
console.log('minutes   RSS MB  heap MB  buffers   p50 ms   p99 ms     acts');
await soak({
  at: [...at, minutes].map((minute) => minute * 60),
  told({ seconds, rssMB, heapMB, buffersMB, p50, p99, acts }) {
    const megabytes = [rssMB, heapMB, buffersMB].map(Math.round);
    const figures = [seconds / 60, ...megabytes, p50.toFixed(1), p99.toFixed(1), acts];
    console.log(figures.map((figure) => String(figure).padStart(7)).join('  '));
  },
});
