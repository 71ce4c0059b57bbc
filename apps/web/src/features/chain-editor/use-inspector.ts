import type { BuiltinEntry, CatalogueEntry } from '@countroom/dsp';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChainAnswer, ChainQuestion } from './inspector';
import type { FromInspector, SentRows, ToInspector } from './inspector-messages';

export interface Inspector {
  /** Null until the worker has started. */
  readonly catalogue: readonly CatalogueEntry[] | null;
  readonly builtins: readonly BuiltinEntry[];
  /** The newest answer. */
  readonly answer: ChainAnswer | null;
  /** The answer belongs to a question before the last one. */
  readonly isBehind: boolean;
  /** Why the worker cannot answer. */
  readonly fault: string | null;
}

interface Talk {
  readonly worker: Worker;
  asked: number;
  answered: number;
  waiting: ChainQuestion | null;
}

/**
 * Has a worker resolve the chain and compute it for the rows. Questions that come while it is busy wait, and only the
 * newest is asked then. There is no worker as long as nothing is asked.
 */
export function useInspector(question: ChainQuestion | null, rows: SentRows): Inspector {
  const talk = useRef<Talk | null>(null);
  const [state, setState] = useState<Omit<Inspector, 'isBehind'>>({
    catalogue: null,
    builtins: [],
    answer: null,
    fault: null,
  });
  const [isBehind, setBehind] = useState(false);
  const isWanted = question !== null;
  const [started, setStarted] = useState(0);

  const ask = useCallback((next: ChainQuestion) => {
    const current = talk.current;
    if (current === null) return;
    setBehind(true);
    if (current.asked !== current.answered) {
      current.waiting = next;
      return;
    }
    current.asked += 1;
    current.worker.postMessage({ kind: 'ask', id: current.asked, question: next } satisfies ToInspector);
  }, []);

  useEffect(() => {
    if (!isWanted) return undefined;
    const worker = new Worker(new URL('./inspector.worker.ts', import.meta.url), { type: 'module' });
    const current: Talk = { worker, asked: 0, answered: 0, waiting: null };
    talk.current = current;
    setStarted((count) => count + 1);
    worker.addEventListener('message', ({ data }: MessageEvent<FromInspector>) => {
      if (data.kind === 'ready') {
        setState((now) => ({ ...now, catalogue: data.catalogue, builtins: data.builtins }));
        return;
      }
      if (data.id !== null) current.answered = data.id;
      if (data.kind === 'answer') setState((now) => ({ ...now, answer: data.answer, fault: null }));
      else setState((now) => ({ ...now, fault: data.message }));
      const { waiting } = current;
      current.waiting = null;
      if (waiting === null) setBehind(false);
      else ask(waiting);
    });
    worker.addEventListener('error', (event) => {
      setState((now) => ({
        ...now,
        fault: event.message === '' ? 'it could not be started' : event.message,
      }));
    });
    return () => {
      talk.current = null;
      worker.terminate();
      setState((now) => ({ ...now, answer: null }));
      setBehind(false);
    };
  }, [ask, isWanted]);

  useEffect(() => {
    talk.current?.worker.postMessage({ kind: 'rows', ...rows } satisfies ToInspector);
  }, [rows, started]);
  useEffect(() => {
    if (question !== null) ask(question);
  }, [question, rows, ask, started]);

  return { ...state, isBehind };
}
