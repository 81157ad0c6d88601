/**
 * A relay under mixed abuse within the limits: `npm run soak` for 10 minutes, `npm run soak -- 30` for 30. With
 * `COMPTOIR_MEMORY=100` all that it may remember is full in the first minute.
 */
import { soak } from './soak.ts';

const minutes = Number(process.argv[2] ?? 10);
const at = Array.from({ length: Math.ceil(minutes) - 1 }, (_, index) => index + 1);
console.log('minutes   RSS MB  heap MB  buffers   p50 ms   p99 ms     acts');
await soak({
  at: [...at, minutes].map((minute) => minute * 60),
  told({ seconds, rssMB, heapMB, buffersMB, p50, p99, acts }) {
    const megabytes = [rssMB, heapMB, buffersMB].map(Math.round);
    const figures = [seconds / 60, ...megabytes, p50.toFixed(1), p99.toFixed(1), acts];
    console.log(figures.map((figure) => String(figure).padStart(7)).join('  '));
  },
});
