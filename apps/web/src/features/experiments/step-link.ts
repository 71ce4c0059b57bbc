import type { Experiment, ExperimentStep, RunDetail } from '@countroom/contracts';

type StepPage = NonNullable<ExperimentStep['page']>;
const titles: Readonly<Record<StepPage, string>> = {
  'control-room': 'Control room',
  instruments: 'Instruments',
  runs: 'Runs',
  configurations: 'Configurations',
  run: 'Run',
  result: 'Result',
};

/** Where a step sends to, under the name that the page has; null while there is nothing to be seen. */
export function stepLink(
  page: StepPage,
  detector: string,
  { evaluation, steps }: Pick<Experiment, 'evaluation' | 'steps'>,
  run: Pick<RunDetail, 'number' | 'datasets'> | null,
): { readonly href: string; readonly text: string } | null {
  if (page === 'run' || page === 'result') {
    if (run === null) return null;
    if (page === 'run') return { href: `/runs/${detector}/${run.number}`, text: `Run ${run.number}` };
    const wanted = [
      ...evaluation.numbers.map(({ dataKind }) => dataKind),
      ...steps.flatMap(({ check }) => (check.kind === 'data' ? [check.dataKind] : [])),
    ];
    const result = run.datasets.filter(({ dataKind }) => wanted.includes(dataKind)).at(-1);
    return result === undefined ? null : { href: `/data/${result.id}`, text: titles.result };
  }
  const isLive = page === 'control-room' || page === 'instruments' || page === 'runs';
  return { href: `/${page}${isLive ? `?detector=${detector}` : ''}`, text: titles[page] };
}
