import { Command } from 'commander';
import type { Surroundings } from './context.js';
import { packCheck } from './pack-check.js';
import { packEvaluate } from './pack-evaluate.js';
import { packExplain } from './pack-explain.js';

/** `netral pack`: for whoever writes packs. Works on files alone and asks no API. */
export const packCommand = (around: Surroundings): Command => {
  const pack = new Command('pack').description('what the screening knows: check, explain, measure');
  packCheck(pack, around);
  packExplain(pack, around);
  packEvaluate(pack, around);
  return pack;
};
