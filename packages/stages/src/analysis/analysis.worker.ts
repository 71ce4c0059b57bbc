import { parentPort } from 'node:worker_threads';
import type { TableResult } from './report-objects.js';
import { type AnalysisTask, analyse } from './table-analyses.js';

/** What a thread answers to a task. */
export type AnalysisAnswer = { readonly result: TableResult } | { readonly error: unknown };

parentPort?.on('message', (task: AnalysisTask) => {
  let answer: AnalysisAnswer;
  try {
    answer = { result: analyse(task) };
  } catch (error) {
    answer = { error };
  }
  parentPort?.postMessage(answer);
});
