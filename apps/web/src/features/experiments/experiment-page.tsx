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
import { urlText, useUrlState } from '../../lib/url/url-state';
import { checkState } from './check-state';
import { EvaluationPanel } from './evaluation-panel';
import classes from './experiments.module.css';
import { message } from './messages';
import { StepPanel } from './step-panel';
import { useExperimentFacts } from './use-experiment-facts';
import { useProgress } from './use-progress';

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
  const seen = useExperimentFacts(experiment, live);
  const detector = live.detector.name;
  const { ticks, answerOf, setAnswer, restart } = useProgress(`${experiment.id}.${detector}`, (answers) =>
    experiment.steps.map(({ check }, index) => checkState(check, seen.facts, answers(index), language).done),
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
          <Button size="compact-xs" variant="default" onClick={restart}>
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
              state={checkState(step.check, seen.facts, answerOf(index), language)}
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
