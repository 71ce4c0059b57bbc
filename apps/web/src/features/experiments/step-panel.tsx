'use client';

import type { Experiment, ExperimentStep, RunDetail } from '@countroom/contracts';
import { Checkbox, TextInput } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { utcTime } from '../../lib/format/time';
import { textIn, useLanguage } from '../../lib/language/language';
import { LocalParagraphs } from '../../lib/language/local-paragraphs';
import type { DetectorLive } from '../../lib/live/status-provider';
import { Row } from '../../lib/ui/layout';
import { Panel } from '../../lib/ui/panel';
import { StatusMark } from '../../lib/ui/status-mark';
import { AnalyseButton } from './analyse-button';
import type { CheckState, StepAnswer } from './check-state';
import classes from './experiments.module.css';
import { message } from './messages';
import { PresetChoice } from './preset-choice';
import { stepLink } from './step-link';

/** One step: what to do, what the program sees of it, and the buttons for it. */
export function StepPanel({
  number,
  step,
  state,
  doneAt,
  answer,
  onAnswer,
  experiment,
  live,
  run,
}: {
  readonly number: number;
  readonly step: ExperimentStep;
  readonly state: CheckState;
  /** When it was seen done. */
  readonly doneAt: string | undefined;
  readonly answer: StepAnswer;
  readonly onAnswer: (answer: StepAnswer) => void;
  readonly experiment: Experiment;
  readonly live: DetectorLive;
  readonly run: RunDetail | null;
}): ReactNode {
  const { language } = useLanguage();
  const link = step.page === undefined ? null : stepLink(step.page, live.detector.name, experiment, run);
  const done = doneAt !== undefined;
  const needsRun = state.said === message(language, 'noRunNow');
  // The button of the analysis says so already.
  const isSaid = state.said === '' || (done && !state.done) || (step.analyse && run === null);
  return (
    <Panel
      title={`${number}. ${textIn(language, step.title)}`}
      aside={
        <span lang={language}>
          <StatusMark mark={done ? 'ok' : 'neutral'}>
            {done
              ? `${message(language, 'done')}, ${message(language, 'seenAt')} ${utcTime(doneAt)} UTC`
              : message(language, 'open')}
          </StatusMark>
        </span>
      }
    >
      <div className={classes['text']}>
        <LocalParagraphs text={step.text} />
        {step.presets ? <PresetChoice experiment={experiment} live={live} /> : null}
        {step.analyse ? <AnalyseButton experiment={experiment} run={run} /> : null}
        <AnswerField step={step} answer={answer} onAnswer={onAnswer} />
        {isSaid ? null : (
          <p className="dim" lang={language} role={step.check.kind === 'answer' ? 'status' : undefined}>
            {state.said}
            {needsRun && step.page !== 'control-room' ? (
              <>
                {' '}
                <Link className="link" href={`/control-room?detector=${live.detector.name}`}>
                  Control room
                </Link>
              </>
            ) : null}
          </p>
        )}
        {link === null ? null : (
          <Link className="link" href={link.href}>
            {link.text}
          </Link>
        )}
      </div>
    </Panel>
  );
}

function AnswerField({
  step,
  answer,
  onAnswer,
}: {
  readonly step: ExperimentStep;
  readonly answer: StepAnswer;
  readonly onAnswer: (answer: StepAnswer) => void;
}): ReactNode {
  const { language } = useLanguage();
  const { check } = step;
  if (check.kind === 'confirm')
    return (
      <Checkbox
        label={message(language, 'confirm')}
        checked={answer.confirmed}
        onChange={(event) => onAnswer({ ...answer, confirmed: event.currentTarget.checked })}
      />
    );
  if (check.kind !== 'answer') return null;
  const label = message(language, 'answer');
  return (
    <Row>
      <TextInput
        label={check.unit === '' ? label : `${label} / ${check.unit}`}
        inputMode="decimal"
        autoComplete="off"
        value={answer.text}
        maxLength={40}
        onChange={(event) => onAnswer({ ...answer, text: event.currentTarget.value })}
      />
    </Row>
  );
}
