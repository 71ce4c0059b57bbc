import { useLocalStorage } from '@mantine/hooks';
import { useEffect } from 'react';
import { z } from 'zod';
import type { StepAnswer } from './check-state';

const kept = z.object({
  /** Moment at which a step was seen done, by its number. */
  ticks: z.record(z.string(), z.iso.datetime()),
  answers: z.record(z.string(), z.object({ text: z.string(), confirmed: z.boolean() })),
});
type Kept = z.infer<typeof kept>;

const none: StepAnswer = { text: '', confirmed: false };
const nothing: Kept = { ticks: {}, answers: {} };

/** How far somebody has come, kept in this browser. */
export interface Progress {
  readonly ticks: Readonly<Record<number, string>>;
  readonly answerOf: (step: number) => StepAnswer;
  readonly setAnswer: (step: number, answer: StepAnswer) => void;
  readonly restart: () => void;
}

/** A step that was done once stays so: a rate was in its band although the run has ended since. */
export function useProgress(
  name: string,
  doneNow: (answerOf: (step: number) => StepAnswer) => readonly boolean[],
): Progress {
  const [stored, setStored] = useLocalStorage<unknown>({
    key: `countroom.experiment.${name}`,
    defaultValue: nothing,
  });
  const parsed = kept.safeParse(stored);
  const state = parsed.success ? parsed.data : nothing;
  const answerOf = (step: number): StepAnswer => state.answers[step] ?? none;
  const done = doneNow(answerOf);
  const news = done.flatMap((isDone, step) => (isDone && state.ticks[step] === undefined ? [step] : []));
  const newText = news.join();
  useEffect(() => {
    if (newText === '') return;
    const at = new Date().toISOString();
    setStored((before: unknown) => {
      const known = kept.safeParse(before);
      const { ticks, answers } = known.success ? known.data : nothing;
      const added = Object.fromEntries(newText.split(',').map((step) => [step, ticks[step] ?? at]));
      return { answers, ticks: { ...ticks, ...added } };
    });
  }, [newText, setStored]);
  return {
    ticks: state.ticks,
    answerOf,
    setAnswer: (step, answer) => {
      const answers = { ...state.answers, [step]: answer };
      // What the learner says anew is looked at anew.
      const ticks = Object.fromEntries(Object.entries(state.ticks).filter(([key]) => key !== String(step)));
      setStored({ ticks, answers });
    },
    restart: () => setStored(nothing),
  };
}
