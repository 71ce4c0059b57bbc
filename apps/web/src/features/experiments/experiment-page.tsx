'use client';

import { type Experiment, endpoints } from '@countroom/contracts';
import { Button, SegmentedControl } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { LanguageSwitch, textIn, useLanguage } from '../../lib/language/language';
import { LocalParagraphs } from '../../lib/language/local-paragraphs';
import { type DetectorLive, useStatuses } from '../../lib/live/status-provider';
import { EmptyState } from '../../lib/states/empty-state';
import { QueryView } from '../../lib/states/query-view';
import { Stacked } from '../../lib/ui/layout';
import { Page } from '../../lib/ui/page';
import { noteWithUndo } from '../../lib/ui/undo-note';
import { urlText, useUrlState } from '../../lib/url/url-state';
import { checkState } from './check-state';
import { EvaluationPanel } from './evaluation-panel';
import classes from './experiments.module.css';
import { message } from './messages';
import { StepPanel } from './step-panel';
import { useExperimentFacts } from './use-experiment-facts';
import { useProgress, useTicks } from './use-progress';

/** One guided experiment: steps that tick themselves from what the detector does, and the evaluation of the run. */
export function ExperimentPage({ id }: { readonly id: string }): ReactNode {
  const list = useApi(endpoints.experiments.list, {});
  const { language } = useLanguage();
  const { list: detectors, pending } = useStatuses();
  const [asked, setAsked] = useUrlState('detector', urlText);
  const live = detectors.find(({ detector }) => detector.name === asked) ?? detectors[0];
  const found = list.data?.experiments.find((one) => one.id === id);
  return (
    <Page
      title={found === undefined ? 'Experiment' : textIn(language, found.title)}
      actions={
        <>
          {detectors.length < 2 || live === undefined ? null : (
            <SegmentedControl
              aria-label="Detector"
              value={live.detector.name}
              onChange={setAsked}
              data={detectors.map(({ detector }) => detector.name)}
            />
          )}
          <LanguageSwitch />
        </>
      }
    >
      <QueryView query={list}>
        {() => {
          if (found === undefined)
            return (
              <EmptyState title={`There is no experiment ${id}.`}>
                Choose one under{' '}
                <Link className="link" href="/experiments">
                  Experiments
                </Link>
                .
              </EmptyState>
            );
          if (live === undefined)
            return pending ? null : (
              <EmptyState title="No live detector is configured.">
                An experiment needs a detector; an administrator adds one under{' '}
                <Link className="link" href="/administration">
                  Administration
                </Link>
                .
              </EmptyState>
            );
          return <Guided key={live.detector.name} experiment={found} live={live} />;
        }}
      </QueryView>
    </Page>
  );
}

function Guided({
  experiment,
  live,
}: {
  readonly experiment: Experiment;
  readonly live: DetectorLive;
}): ReactNode {
  const { language } = useLanguage();
  const progress = useProgress(`${experiment.id}.${live.detector.name}`);
  const { ticks, begunAt, answerOf, setAnswer, restart } = progress;
  const seen = useExperimentFacts(experiment, live, begunAt);
  const states = experiment.steps.map(({ check }, index) =>
    checkState(check, seen.facts, answerOf(index), language),
  );
  useTicks(
    progress,
    states.map((state) => state.done),
  );
  const current = experiment.steps.findIndex((_, index) => ticks[index] === undefined);
  const done = experiment.steps.filter((_, index) => ticks[index] !== undefined).length;
  return (
    <Stacked>
      <LocalParagraphs text={experiment.about} />
      <div className={classes['progress']}>
        <strong role="status" lang={language}>
          {done} {message(language, 'of')} {experiment.steps.length} {message(language, 'ofSteps')}
        </strong>
        {done === 0 ? null : (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => noteWithUndo(message(language, 'begun'), restart())}
          >
            {message(language, 'again')}
          </Button>
        )}
      </div>
      <ol className={classes['steps']}>
        {experiment.steps.map((step, index) => (
          <li key={index} aria-current={index === current ? 'step' : undefined}>
            <StepPanel
              number={index + 1}
              step={step}
              state={states[index]!}
              doneAt={ticks[index]}
              answer={answerOf(index)}
              onAnswer={(answer) => setAnswer(index, answer)}
              experiment={experiment}
              live={live}
              run={seen.run}
            />
          </li>
        ))}
      </ol>
      <EvaluationPanel experiment={experiment} run={seen.run} />
    </Stacked>
  );
}
