import { type AnalysisReport, type AnalysisSummary, analysisReport } from '@countroom/contracts';
import { parseOptions, type TableReader, type TableStage } from '@countroom/pipeline';
import type { Scalar } from '@countroom/records';

/** Runs an analysis on one input and gives its summary and the reports as a reader of its file would see them. */
export async function runAnalysis<Config>(
  stage: TableStage<Config>,
  options: object,
  inputs: Readonly<Record<string, TableReader>>,
): Promise<{ readonly summary: AnalysisSummary; readonly reports: AnalysisReport[] }> {
  const work = stage.run(parseOptions(stage, options), new Map(Object.entries(inputs)), {
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
  });
  const reports: AnalysisReport[] = [];
  for (;;) {
    const next = await work.next();
    if (next.done === true) return { summary: next.value as unknown as AnalysisSummary, reports };
    if (!('object' in next.value)) throw new Error('an analysis gives reports, not rows');
    const { value } = next.value.object as Scalar;
    reports.push(analysisReport.parse(JSON.parse(String(value))));
  }
}
