import type { Command } from 'commander';
import { addCompress } from './compress.command.js';
import { addConcat } from './concat.command.js';
import { addDump } from './dump.command.js';
import { addLs } from './ls.command.js';
import { addRecover } from './recover.command.js';
import { addShow } from './show.command.js';
import { addSweep } from './sweep.command.js';
import { addTruncate } from './truncate.command.js';
import { addVerify } from './verify.command.js';

/** Looking into LH5 files, and making others out of them. */
export function addLh5(program: Command): void {
  const lh5 = program
    .command('lh5')
    .summary('look into LH5 files, check them, make others out of them')
    .description('Look into LH5 files, check them, make others out of them.');
  addLs(lh5);
  addShow(lh5);
  addDump(lh5);
  addConcat(lh5);
  addTruncate(lh5);
  addVerify(lh5);
  addCompress(lh5);
  addRecover(lh5);
  addSweep(lh5);
}
