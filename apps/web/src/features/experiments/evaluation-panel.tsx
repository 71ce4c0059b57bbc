'use client';

import {
  type DatasetInfo,
  type EvaluationNumber,
  type Experiment,
  endpoints,
  numberText,
  type RunDetail,
} from '@countroom/contracts';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { textIn, useLanguage } from '../../lib/language/language';
import { LocalParagraphs } from '../../lib/language/local-paragraphs';
import { QueryView } from '../../lib/states/query-view';
import { PlainTable } from '../../lib/table/plain-table';
import { Panel } from '../../lib/ui/panel';
import { StatusMark } from '../../lib/ui/status-mark';
import { decimal, expectation, judge } from './evaluate';
import classes from './experiments.module.css';
import { message } from './messages';

/** The numbers of the run beside what is known of them. */
export function EvaluationPanel({
  experiment,
  run,
}: {
  readonly experiment: Experiment;
  readonly run: RunDetail | null;
}): ReactNode {
  const { language } = useLanguage();
  const { text, numbers } = experiment.evaluation;
  const kinds = [...new Set(numbers.map(({ dataKind }) => dataKind))];
  const found = kinds.map((kind) => ({
    kind,
    dataset: run?.datasets.filter(({ dataKind }) => dataKind === kind).at(-1),
  }));
  return (
    <Panel title={message(language, 'evaluation')}>
      <div className={classes['text']}>
        <LocalParagraphs text={text} />
        {found.map(({ kind, dataset }) =>
          dataset === undefined ? (
            <p key={kind} className="dim" lang={language}>
              {message(language, 'notYet')}
            </p>
          ) : (
            <Numbers
              key={kind}
              dataset={dataset}
              numbers={numbers.filter(({ dataKind }) => dataKind === kind)}
            />
          ),
        )}
      </div>
    </Panel>
  );
}

function Numbers({
  dataset,
  numbers,
}: {
  readonly dataset: DatasetInfo;
  readonly numbers: readonly EvaluationNumber[];
}): ReactNode {
  const { language } = useLanguage();
  const analysis = useApi(endpoints.parameters.analysis, { params: { id: dataset.id } });
  const head = (['number', 'measured', 'expected', 'judged'] as const).map((name) => message(language, name));
  return (
    <QueryView query={analysis}>
      {({ summary }) => (
        <PlainTable label={message(language, 'evaluation')} head={head} stacks>
          {numbers.map((wanted) => {
            const number = summary.tables[0]?.numbers.find(({ name }) => name === wanted.name);
            const { good, said } =
              number === undefined ? { good: null, said: '–' } : judge(wanted, number, language);
            return (
              <tr key={wanted.name}>
                <td>{textIn(language, wanted.title)}</td>
                <td>{number === undefined ? '–' : decimal(numberText(number), language)}</td>
                <td>{expectation(wanted, number?.unit ?? '', language)}</td>
                <td>
                  {good === null ? said : <StatusMark mark={good ? 'ok' : 'warning'}>{said}</StatusMark>}
                </td>
              </tr>
            );
          })}
        </PlainTable>
      )}
    </QueryView>
  );
}
