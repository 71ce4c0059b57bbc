'use client';

import { setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { type ReactNode, type RefObject, useEffect, useImperativeHandle, useRef } from 'react';
import classes from './chain-editor.module.css';
import { chainExtensions, type Latest } from './editor-extensions';
import type { Span } from './json-places';
import type { Problem } from './problems';

/** What others may do with the text. */
export interface EditorHandle {
  /** Puts another text in the place of a part; one step of undo. */
  replace(span: Span, text: string): void;
  /** Shows a part and puts the cursor there. */
  show(span: Span): void;
}

/** The text of a chain. A new text is a new editor: give it another key. */
export function CodeEditor({
  label,
  initial,
  problems,
  latest,
  handle,
  onChange,
  onCursor,
}: {
  readonly label: string;
  readonly initial: string;
  readonly problems: readonly Problem[];
  readonly latest: Latest;
  readonly handle: RefObject<EditorHandle | null>;
  readonly onChange: (text: string) => void;
  readonly onCursor: (position: number) => void;
}): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const now = useRef({ latest, onChange, onCursor });
  useEffect(() => {
    now.current = { latest, onChange, onCursor };
  });
  const start = useRef({ initial, label });

  useEffect(() => {
    if (place.current === null) return undefined;
    const watch = EditorView.updateListener.of((update) => {
      if (update.docChanged) now.current.onChange(update.state.doc.toString());
      if (update.docChanged || update.selectionSet) now.current.onCursor(update.state.selection.main.head);
    });
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: start.current.initial,
        extensions: [chainExtensions(() => now.current.latest(), start.current.label), watch],
      }),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);

  useEffect(() => {
    const made = view.current;
    if (made === null) return;
    const { length } = made.state.doc;
    const inside = problems.filter(({ to }) => to <= length);
    const diagnostics = inside.map(({ from, to, severity, message }) => ({ from, to, severity, message }));
    made.dispatch(setDiagnostics(made.state, diagnostics));
  }, [problems]);

  useImperativeHandle(handle, () => ({
    replace({ from, to }, text) {
      view.current?.dispatch({ changes: { from, to, insert: text }, userEvent: 'input.turn' });
    },
    show({ from, to }) {
      view.current?.dispatch({
        selection: { anchor: from, head: to },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.current?.focus();
    },
  }));
  return <div ref={place} className={classes['code']} />;
}
