/** All scenes, by name. */
import { costs } from './costs.ts';
import { opening } from './opening.ts';
import type { Scene } from './scene.ts';
import { starting } from './starting.ts';
import { talking } from './talking.ts';

const all = { ...talking, ...opening, ...starting, ...costs };
export type SceneName = keyof typeof all;
export const SCENES: Readonly<Record<SceneName, Scene>> = all;
