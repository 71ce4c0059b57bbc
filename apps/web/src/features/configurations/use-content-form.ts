import { type ConfigurationKind, endpoints, type ProblemIssue } from '@countroom/contracts';
import { useMemo } from 'react';
import { useApi } from '../../lib/api/use-api';
import type { Json, Schema } from '../../lib/form/schema-node';
import { issuesOf } from '../../lib/form/schema-values';
import { useLanguage } from '../../lib/language/language';
import { optionWords } from '../../lib/language/option-words';
import { consumerIssues, driverIssues, withConsumers, withDrivers } from './driver-schema';

/** The schema that a content's form is made from, and what is wrong in the content. */
export function useContentForm(
  kind: ConfigurationKind,
  schema: Schema,
): { readonly schema: Schema; readonly issues: (content: Json) => ProblemIssue[] } {
  const isDetector = kind === 'detector';
  const list = useApi(endpoints.detectors.drivers, {}, { enabled: isDetector });
  const kinds = useApi(endpoints.detectors.consumers, {}, { enabled: isDetector });
  const words = optionWords[useLanguage().language];
  const [drivers, consumers] = [list.data, kinds.data];
  const full = useMemo(
    () => (isDetector ? withConsumers(withDrivers(schema, drivers ?? []), consumers ?? []) : schema),
    [isDetector, drivers, consumers, schema],
  );
  return {
    schema: full,
    issues: (content) => [
      ...issuesOf(schema, content, words),
      ...(isDetector
        ? [...driverIssues(content, drivers ?? [], words), ...consumerIssues(content, consumers ?? [], words)]
        : []),
    ],
  };
}
