import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import type { Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Json } from '../../lib/form/schema-node';
import { completeChain } from './completion';
import { hoverAt } from './hover';
import { JsonPlaces } from './json-places';
import type { Knowledge } from './knowledge';
import { turnAtCursor } from './turn-keys';

/** What the extensions look up while a person writes. */
export type Latest = () => { readonly knowledge: Knowledge; readonly config: Json | undefined };

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--cr-text)', fontWeight: '600' },
  { tag: tags.string, color: 'var(--cr-accent)' },
  { tag: tags.number, color: 'var(--cr-warning)' },
  { tag: [tags.bool, tags.null], color: 'var(--cr-running)' },
  { tag: [tags.separator, tags.squareBracket, tags.brace], color: 'var(--cr-dim)' },
]);

const look = EditorView.theme({
  '&': { backgroundColor: 'var(--cr-panel)', color: 'var(--cr-text)', fontSize: '13px', height: '100%' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--cr-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--cr-text)' },
  '.cm-gutters': { backgroundColor: 'var(--cr-raised)', color: 'var(--cr-dim)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--cr-accent) 7%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--cr-accent-soft)', color: 'var(--cr-text)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--cr-accent) 28%, transparent)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--cr-panel)',
    color: 'var(--cr-text)',
    border: '1px solid var(--cr-strong-border)',
    borderRadius: '4px',
    maxWidth: 'min(560px, 92vw)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--cr-accent-soft)',
    color: 'var(--cr-text)',
  },
  '.cm-completionDetail': { color: 'var(--cr-dim)', fontStyle: 'normal' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--cr-alarm)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--cr-warning)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--cr-alarm) 1px',
    backgroundColor: 'var(--cr-alarm-soft)',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--cr-warning) 1px',
    backgroundColor: 'var(--cr-warning-soft)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--cr-accent-soft)' },
  '.cm-panels': { backgroundColor: 'var(--cr-raised)', color: 'var(--cr-text)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--cr-accent-soft)' },
});

function words(latest: Latest): Extension {
  return hoverTooltip((view, position) => {
    const text = view.state.doc.toString();
    const { path, isKey } = new JsonPlaces(text).pathAt(position);
    const before = /\w*$/.exec(text.slice(0, position))?.[0] ?? '';
    const after = /^\w*/.exec(text.slice(position))?.[0] ?? '';
    const { knowledge, config } = latest();
    const found = hoverAt(knowledge, config, { path, isKey, word: before + after });
    if (found === null) return null;
    return {
      pos: position - before.length,
      end: position + after.length,
      create: () => {
        const dom = document.createElement('div');
        dom.style.padding = '6px 10px';
        const title = dom.appendChild(document.createElement('strong'));
        title.className = 'mono';
        title.textContent = found.title;
        for (const line of found.lines) dom.appendChild(document.createElement('div')).textContent = line;
        return { dom };
      },
    };
  });
}

/** All that the editor of a chain consists of. Tab is left to the page: it goes on to the next control. */
export function chainExtensions(latest: Latest, label: string): Extension {
  return [
    lineNumbers(),
    codeFolding(),
    foldGutter(),
    lintGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    json(),
    syntaxHighlighting(colours),
    look,
    autocompletion({ override: [completeChain(latest)] }),
    words(latest),
    keymap.of([
      { key: 'Ctrl-ArrowUp', run: (view) => turnAtCursor(view, 1) },
      { key: 'Ctrl-ArrowDown', run: (view) => turnAtCursor(view, -1) },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...searchKeymap,
      ...foldKeymap,
      ...lintKeymap,
    ]),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    EditorView.lineWrapping,
  ];
}
