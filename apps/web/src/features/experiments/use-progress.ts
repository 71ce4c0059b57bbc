import { useLocalStorage } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { z } from 'zod';
import type { StepAnswer } from './check-state';

const kept = z.object({
  /** Moment at which a step was seen done, by its number. */
  ticks: z.record(z.string(), z.iso.datetime()),
  answers: z.record(z.string(), z.object({ text: z.string(), confirmed: z.boolean() })),
  /** When it was begun again. */
  begunAt: z.iso.datetime().optional(),
});
type Kept = z.infer<typeof kept>;

const none: StepAnswer = { text: '', confirmed: false };
const nothing: Kept = { ticks: {}, answers: {} };

/** How far somebody has come, kept in this browser. */
export interface Progress {
  readonly ticks: Readonly<Record<number, string>>;
  readonly begunAt: string | undefined;
  readonly answerOf: (step: number) => StepAnswer;
  readonly setAnswer: (step: number, answer: StepAnswer) => void;
  /** Steps of these numbers were seen done. */
  readonly tick: (steps: readonly number[]) => void;
  /** Forgets all; gives what takes that back. */
  readonly restart: () => () => void;
}

export function useProgress(name: string): Progress {
  const [stored, setStored] = useLocalStorage<unknown>({
    key: `countroom.experiment.${name}`,
    defaultValue: nothing,
  });
  const state = read(stored);
  return {
    ticks: state.ticks,
    begunAt: state.begunAt,
    answerOf: (step) => state.answers[step] ?? none,
    setAnswer: (step, answer) => {
      const answers = { ...state.answers, [step]: answer };
      // What the learner says anew is looked at anew.
      const ticks = Object.fromEntries(Object.entries(state.ticks).filter(([key]) => key !== String(step)));
      setStored({ ...state, ticks, answers });
    },
    tick: (steps) => {
      const at = new Date().toISOString();
      setStored((before: unknown) => {
        const known = read(before);
        const added = Object.fromEntries(steps.map((step) => [step, known.ticks[step] ?? at]));
        return { ...known, ticks: { ...known.ticks, ...added } };
      });
    },
    restart: () => {
      setStored({ ...nothing, begunAt: new Date().toISOString() });
      return () => setStored(state);
    },
  };
}

/** Ticks what is done now. A step stays so: a rate was in its band although the run has ended since. */
export function useTicks({ ticks, tick }: Progress, done: readonly boolean[]): void {
  const news = done.flatMap((isDone, step) => (isDone && ticks[step] === undefined ? [step] : []));
  const newText = news.join();
  const latest = useRef(tick);
  useEffect(() => {
    latest.current = tick;
  });
  useEffect(() => {
    if (newText !== '') latest.current(newText.split(',').map(Number));
  }, [newText]);
}

function read(stored: unknown): Kept {
  const parsed = kept.safeParse(stored);
  return parsed.success ? parsed.data : nothing;
}
