// `npm run generate`: writes what is made from the code.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { generated } from './generated.mjs';

for (const { file, make } of generated) {
  writeFileSync(file, await make(existsSync(file) ? readFileSync(file, 'utf8') : ''));
  console.log(file);
}
