#!/usr/bin/env node
import { CommanderError } from 'commander';
import { completeAnalyses } from './commands/analyses/analyses.command.js';
import { createProgram } from './program.js';
import { reportFailure } from './terminal/report.js';

const failed = 1;
const wrongUsage = 2;

try {
  const program = createProgram('0.1.0');
  await completeAnalyses(program, process.argv.slice(2, 4));
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : wrongUsage;
  } else {
    reportFailure(error, { json: process.argv.includes('--json') });
    process.exitCode = error instanceof Error && error.name === 'UsageError' ? wrongUsage : failed;
  }
}
