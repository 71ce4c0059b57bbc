import { endpoints, type ProblemIssue, type RecordingTables } from '@countroom/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { shownError } from '../../lib/api/errors';
import { useApi } from '../../lib/api/use-api';
import type { Json } from '../../lib/form/schema-node';

const typingMs = 300;

/** The tables that options would make, or what is wrong with the options. */
export interface TablesPreview {
  readonly data: RecordingTables | undefined;
  readonly issues: readonly ProblemIssue[];
  /** Why there is no preview; null when there is one or it is on its way. */
  readonly message: string | null;
  /** What is shown belongs to the options before. */
  readonly old: boolean;
}

/** Options of daq_to_raw, as they are sent. */
export type ConversionOptions = Readonly<Record<string, Json>>;

/** Asks which tables would be made, when the options have been left alone for a moment. */
export function useTables(dataset: string, options: ConversionOptions): TablesPreview {
  // Compared as text: the options are made anew with every change of the form.
  const text = JSON.stringify(options);
  const [settled] = useDebouncedValue(text, typingMs);
  const query = useApi(
    endpoints.data.recordingTables,
    { params: { id: dataset }, body: { config: JSON.parse(settled) as Record<string, never> } },
    { keepPrevious: true },
  );
  const old = query.isPlaceholderData || settled !== text;
  const failure = query.error === null ? null : shownError(query.error);
  return {
    data: query.data,
    issues: failure?.issues ?? [],
    message: failure?.message ?? null,
    old,
  };
}
