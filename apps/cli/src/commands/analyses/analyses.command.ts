import type { Command } from 'commander';
import { wholeNumber } from '../../terminal/numbers.js';
import type { AnalysisArguments } from './run-analysis.js';

/** A command for an analysis: its stage says what it does and what it takes. */
interface AnalysisCommand {
  readonly name: string;
  readonly stage: string;
  readonly summary: string;
  /** Data that it may read beside its input. */
  readonly beside?: string;
}

const analyses: readonly AnalysisCommand[] = [
  { name: 'calibrate', stage: 'calibrate', summary: 'find the energy scale and resolution of a column' },
  {
    name: 'correct-trapping',
    stage: 'correct_trapping',
    summary: 'find how much charge is lost over the drift time',
  },
  {
    name: 'find-cuts',
    stage: 'find_cuts',
    summary: 'find windows that clean data, pulser events, cuts on A/E and LQ',
    beside: 'tcm',
  },
  { name: 'find-decay-constant', stage: 'find_decay_constant', summary: 'find the decay constants of tails' },
  { name: 'find-filter', stage: 'find_filter', summary: 'make the filter with the best resolution (DPLMS)' },
  { name: 'optimise-dsp', stage: 'optimise_dsp', summary: 'find the best parameters of a chain' },
];

/** Commands that find parameters in a file; no server is needed. {@link completeAnalyses} gives them their flags. */
export function addAnalyses(program: Command): void {
  for (const { name, stage, summary, beside } of analyses) {
    const command = program
      .command(name)
      .summary(summary)
      .argument('<in>', 'the LH5 file to read')
      .option(
        '-o, --out <file>',
        'write what was found by channel as JSON, for --db of raw-to-dsp and dsp-to-hit',
      )
      .option('--report <file>', 'the LH5 file to keep the reports with their plots in')
      .option('--options <file>', 'JSON or YAML file with options; flags go before it')
      .option(
        '--threads <n>',
        'tables that are looked at at the same time (default: one per processor)',
        wholeNumber(1),
      )
      .option('--overwrite', 'replace outputs that exist')
      .option('--json', 'one line of JSON as the result')
      .action(async (input: string, options: AnalysisArguments) => {
        const { runAnalysis } = await import('./run-analysis.js');
        await runAnalysis(stage, input, options);
      });
    if (beside !== undefined)
      command.option(`--${beside} <file>`, `the LH5 file with the ${beside}, where it is needed`);
  }
}

/** Gives the analyses that words of the command line name, or all of them, the flags of their stages. */
export async function completeAnalyses(program: Command, words?: readonly string[]): Promise<void> {
  const named = analyses.filter(({ name }) => words === undefined || words.includes(name));
  if (named.length === 0) return;
  // Stages are loaded for these commands alone: the others are to answer at once.
  const { addStageFlags } = await import('./stage-flags.js');
  for (const { name, stage } of named) {
    const command = program.commands.find((one) => one.name() === name);
    if (command !== undefined) addStageFlags(command, stage);
  }
}
