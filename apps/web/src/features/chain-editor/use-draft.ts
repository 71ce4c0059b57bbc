import { useCallback, useMemo, useState } from 'react';
import type { Json } from '../../lib/form/schema-node';
import { chainText } from './chain-text';
import { type ChainPlace, chainsOf, valueAt, withValue } from './draft';
import { JsonPlaces } from './json-places';
import { syntaxFaultOf } from './problems';

/** A configuration while it is being changed: its content, and the text of the chain that is open. */
export interface Draft {
  /** The content with the chain as it was last readable. */
  readonly content: Json;
  readonly chains: readonly ChainPlace[];
  readonly chain: ChainPlace;
  readonly openChain: (id: string) => void;
  /** Changes when another text is opened: then the editor is made anew with `opened`. */
  readonly revision: number;
  readonly opened: string;
  readonly text: string;
  readonly places: JsonPlaces;
  readonly setText: (text: string) => void;
  /** Why the text is no JSON. */
  readonly syntaxFault: string | null;
  /** The chain as it was last readable. */
  readonly config: Json;
  readonly setContent: (content: Json) => void;
}

interface State {
  readonly content: Json;
  readonly chainId: string;
  readonly opened: string;
  readonly text: string;
  readonly revision: number;
}

function open(content: Json, chainId: string, revision: number): State {
  const chains = chainsOf(content);
  const chain = chains.find(({ id }) => id === chainId) ?? chains[0]!;
  const text = chainText(valueAt(content, chain.path) ?? {});
  return { content, chainId: chain.id, opened: text, text, revision };
}

export function useDraft(start: Json): Draft {
  const [state, setState] = useState<State>(() => open(start, '', 0));
  const { content, text, opened, revision } = state;
  const chains = useMemo(() => chainsOf(content), [content]);
  const chain = chains.find(({ id }) => id === state.chainId) ?? chains[0]!;
  const setText = useCallback((next: string) => {
    setState((now) => {
      const places = chainsOf(now.content);
      const at = places.find(({ id }) => id === now.chainId) ?? places[0]!;
      if (syntaxFaultOf(next) !== null) return { ...now, text: next };
      return { ...now, text: next, content: withValue(now.content, at.path, JSON.parse(next) as Json) };
    });
  }, []);
  return {
    content,
    chains,
    chain,
    openChain: (id) => setState((now) => open(now.content, id, now.revision + 1)),
    revision,
    opened,
    text,
    places: useMemo(() => new JsonPlaces(text), [text]),
    setText,
    syntaxFault: useMemo(() => syntaxFaultOf(text), [text]),
    config: useMemo(() => valueAt(content, chain.path) ?? {}, [content, chain]),
    setContent: (next) => setState((now) => ({ ...now, content: next })),
  };
}
