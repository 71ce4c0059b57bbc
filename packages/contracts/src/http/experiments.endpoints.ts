import { z } from 'zod';
import { jsonObject, slug } from './common.js';
import { defineEndpoint } from './endpoint.js';

/** Languages that texts for learners are written in. */
export const languages = ['en', 'de'] as const;
/** A language of texts for learners. */
export const language = z.enum(languages).meta({ id: 'Language' });
export type Language = z.infer<typeof language>;

/** A text in English and, where somebody has written it, in German. Blank lines part paragraphs; `- ` begins a point of a list. */
export const localText = z
  .strictObject({ en: z.string().min(1).max(8000), de: z.string().min(1).max(8000).optional() })
  .meta({ id: 'LocalText' });
export type LocalText = z.infer<typeof localText>;

/** What has to be so before a step is done. All but `answer` and `confirm` are seen by the program itself. */
export const experimentCheck = z
  .discriminatedUnion('kind', [
    /** The detector works with the settings of one of the presets. */
    z.strictObject({ kind: z.literal('settings') }),
    /** Every source of the detector answers, at least one of them by this driver when it is named. */
    z.strictObject({ kind: z.literal('device'), driver: z.string().min(1).max(64).optional() }),
    /** A run takes data and has recorded so many events. */
    z.strictObject({ kind: z.literal('signal'), events: z.number().int().min(1).default(1) }),
    /** The rate of the last second of a run lies between. */
    z
      .strictObject({ kind: z.literal('rate'), minHz: z.number().min(0), maxHz: z.number().positive() })
      .refine(({ minHz, maxHz }) => minHz < maxHz, { path: ['maxHz'], message: 'must be larger than minHz' }),
    /** What the voltmeter shows of a channel lies between, in V. */
    z
      .strictObject({
        kind: z.literal('meter'),
        channel: z.number().int().min(0),
        quantity: z.enum(['mean', 'effective', 'sigma', 'peak']),
        minV: z.number(),
        maxV: z.number(),
      })
      .refine(({ minV, maxV }) => minV < maxV, { path: ['maxV'], message: 'must be larger than minV' }),
    /** A run with these settings has ended with at least so many events. */
    z.strictObject({ kind: z.literal('run'), events: z.number().int().min(1) }),
    /** That run has data of the kind. */
    z.strictObject({ kind: z.literal('data'), dataKind: z.string().min(1).max(64) }),
    /** A number that the learner reads off; right within the tolerance. */
    z.strictObject({
      kind: z.literal('answer'),
      unit: z.string().max(20),
      value: z.number(),
      tolerance: z.number().positive(),
      hint: localText.optional(),
    }),
    /** The learner says so. */
    z.strictObject({ kind: z.literal('confirm') }),
  ])
  .meta({ id: 'ExperimentCheck' });
export type ExperimentCheck = z.infer<typeof experimentCheck>;

/** Pages that a step may send to. */
export const experimentPage = z.enum([
  'control-room',
  'instruments',
  'runs',
  'configurations',
  'run',
  'result',
]);

/** Settings of a detector that an experiment can be done with. */
export const experimentPreset = z.strictObject({
  name: slug,
  title: localText,
  about: localText.optional(),
  /** Content of a detector's configuration. */
  configuration: jsonObject,
});
export type ExperimentPreset = z.infer<typeof experimentPreset>;

/** One thing to do. */
export const experimentStep = z.strictObject({
  title: localText,
  text: localText,
  check: experimentCheck,
  /** Shows the buttons of the presets. */
  presets: z.boolean().default(false),
  /** Shows the button that analyses the run. */
  analyse: z.boolean().default(false),
  page: experimentPage.optional(),
});
export type ExperimentStep = z.infer<typeof experimentStep>;

/** A number of a report with what it should be. */
export const evaluationNumber = z.strictObject({
  /** Data set that holds it, and its name in the report, as `statistics` and `tau`. */
  dataKind: z.string().min(1).max(64),
  name: z.string().min(1).max(64),
  title: localText,
  /** What is known of it from elsewhere, in the unit of the report. */
  expected: z.number().optional(),
  /** Limits that it should keep, in the unit of the report. */
  min: z.number().optional(),
  max: z.number().optional(),
});
export type EvaluationNumber = z.infer<typeof evaluationNumber>;

/** A guided experiment as its file holds it. */
export const experimentContent = z.strictObject({
  title: localText,
  about: localText,
  /** Time that it takes. */
  minutes: z.number().int().min(1).max(10_000),
  needs: localText,
  presets: z.array(experimentPreset).min(1).max(8),
  /** Stages that make its results out of a run, in order. */
  analysis: z
    .array(z.strictObject({ stage: z.string().min(1).max(64), config: jsonObject.default({}) }))
    .max(8)
    .default([]),
  steps: z.array(experimentStep).min(1).max(40),
  evaluation: z.strictObject({ text: localText, numbers: z.array(evaluationNumber).max(20).default([]) }),
});

/** A guided experiment; its id is the name of its file. */
export const experiment = experimentContent.extend({ id: slug }).meta({ id: 'Experiment' });
export type Experiment = z.infer<typeof experiment>;

/** Guided experiments. */
export const experimentEndpoints = {
  list: defineEndpoint({
    id: 'experiments.list',
    method: 'GET',
    path: '/experiments',
    role: 'viewer',
    summary: 'Guided experiments: those that come with the product, and those of the data folder',
    response: z.strictObject({
      experiments: z.array(experiment),
      /** Files that are no experiment, and why. */
      faults: z.array(z.strictObject({ file: z.string(), message: z.string() })),
    }),
  }),
};
