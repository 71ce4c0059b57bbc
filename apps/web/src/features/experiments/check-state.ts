import type { DetectorStatus, ExperimentCheck, Language, MetersFrame } from '@countroom/contracts';
import { group, si } from '../../lib/format/numbers';
import { type Message, message } from './messages';

/** What is known of the detector and of what was done with it. */
export interface ExperimentFacts {
  /** Name of the active configuration; null without one. */
  readonly settings: string | null;
  /** Names that the presets of the experiment have as configurations. */
  readonly presets: readonly string[];
  /** Null while it is not known, or old. */
  readonly status: DetectorStatus | null;
  /** Of the last second; null when it is not known, or old. */
  readonly rateHz: number | null;
  readonly meters: MetersFrame['channels'] | null;
  /** Newest run with the settings of the experiment that has ended, the one with enough events first. */
  readonly run: { readonly number: number; readonly recorded: bigint } | null;
  /** Data kinds of that run. */
  readonly dataKinds: readonly string[];
}

/** What the learner said of a step. */
export interface StepAnswer {
  readonly text: string;
  readonly confirmed: boolean;
}

/** Whether a step is done, and what the program sees. */
export interface CheckState {
  readonly done: boolean;
  readonly said: string;
}

/** Checks of what the detector does at this moment. */
const liveKinds: ReadonlySet<ExperimentCheck['kind']> = new Set(['device', 'signal', 'rate', 'meter']);

function eventsText(recorded: bigint, wanted: number, language: Language): string {
  const [have, want] = [group(String(recorded)), group(String(wanted))];
  return `${have} ${message(language, 'recorded')}, ${message(language, 'wanted')} ${want}`;
}

/** A number that somebody typed, with point or comma; NaN when it is none. */
export function typedNumber(text: string): number {
  const plain = text.trim().replace(',', '.');
  return plain === '' ? Number.NaN : Number(plain);
}

export function checkState(
  check: ExperimentCheck,
  facts: ExperimentFacts,
  answer: StepAnswer,
  language: Language,
): CheckState {
  const say = (name: Message): string => message(language, name);
  const { status, run } = facts;
  const isOurs = facts.settings !== null && facts.presets.includes(facts.settings);
  const taking = isOurs && status !== null && status.run !== null && status.state === 'RUN';
  // What another measurement shows is no step of this one.
  if (!isOurs && liveKinds.has(check.kind)) return { done: false, said: say('settingsFirst') };
  switch (check.kind) {
    case 'settings': {
      const { settings } = facts;
      if (settings === null) return { done: false, said: say('noSettings') };
      return { done: isOurs, said: isOurs ? '' : `${say('otherSettings')} ${settings}` };
    }
    case 'device': {
      const sources = status?.sources ?? [];
      const well = sources.length > 0 && sources.every(({ health }) => health === 'ok');
      const fits = check.driver === undefined || sources.some(({ driver }) => driver === check.driver);
      if (well && fits)
        return { done: true, said: `${sources.map(({ name }) => name).join(', ')} ${say('answers')}` };
      const why = sources.map(({ message: text }) => text).find((text) => text !== '');
      return { done: false, said: why ?? say('noAnswer') };
    }
    case 'signal': {
      if (!taking) return { done: false, said: say('noRunNow') };
      const recorded = BigInt(status.counters.recorded);
      return { done: recorded >= BigInt(check.events), said: eventsText(recorded, check.events, language) };
    }
    case 'rate': {
      if (!taking || facts.rateHz === null) return { done: false, said: say('noRunNow') };
      const done = facts.rateHz >= check.minHz && facts.rateHz <= check.maxHz;
      const limits = `${si(check.minHz, 'Hz')} ${say('to')} ${si(check.maxHz, 'Hz')}`;
      return { done, said: `${si(facts.rateHz, 'Hz')}, ${say('wanted')} ${limits}` };
    }
    case 'meter': {
      const value = facts.meters?.find(({ channel }) => channel === check.channel)?.[check.quantity];
      if (value === undefined) return { done: false, said: say('noReading') };
      const limits = `${si(check.minV, 'V')} ${say('to')} ${si(check.maxV, 'V')}`;
      return {
        done: value >= check.minV && value <= check.maxV,
        said: `${si(value, 'V')}, ${say('wanted')} ${limits}`,
      };
    }
    case 'run': {
      const done = run !== null && run.recorded >= BigInt(check.events);
      if (!done && taking) {
        const recorded = BigInt(status.counters.recorded);
        const end = recorded >= BigInt(check.events) ? ` ${say('endNow')}` : '';
        return { done, said: `${eventsText(recorded, check.events, language)}.${end}` };
      }
      if (run === null) return { done, said: `${say('noRun')} ${eventsText(0n, check.events, language)}` };
      return {
        done,
        said: `${say('run')} ${run.number}: ${eventsText(run.recorded, check.events, language)}`,
      };
    }
    case 'data': {
      if (run === null) return { done: false, said: say('noRun') };
      const done = facts.dataKinds.includes(check.dataKind);
      return { done, said: `${say('run')} ${run.number} ${say(done ? 'hasData' : 'noData')}` };
    }
    case 'answer': {
      if (answer.text.trim() === '') return { done: false, said: '' };
      const value = typedNumber(answer.text);
      if (Number.isNaN(value)) return { done: false, said: say('noNumber') };
      const done = Math.abs(value - check.value) <= check.tolerance * (1 + 1e-9);
      const hint = check.hint === undefined ? '' : ` ${check.hint[language] ?? check.hint.en}`;
      return { done, said: done ? say('right') : `${say('wrong')}${hint}` };
    }
    case 'confirm':
      return { done: answer.confirmed, said: '' };
  }
}
