'use client';

import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Json } from '../../lib/form/schema-node';
import { Panel } from '../../lib/ui/panel';
import { urlChoice, urlList, useUrlState } from '../../lib/url/url-state';
import { ChainChoice, useStoredChain } from './chain-choice';
import classes from './chain-editor.module.css';
import { CodeEditor, type EditorHandle } from './code-editor';
import { parameterPath, valueAt, withValue } from './draft';
import { FileList } from './file-list';
import { type ChainNode } from './graph-layout';
import { GraphView } from './graph-view';
import { JoinList } from './join-list';
import { type Knowledge, knowsNothing } from './knowledge';
import { literalsOf } from './literals';
import { chainForTable, urlChain } from './other-chain';
import type { Tried } from './parameters';
import { ParametersPanel } from './parameters-panel';
import { PreviewPanel } from './preview-panel';
import { ProblemList } from './problem-list';
import { problemsOf } from './problems';
import { TurnPanel } from './turn-panel';
import { turnablesOf } from './turnables';
import type { Draft } from './use-draft';
import { usePreview } from './use-preview';
import type { RawRows } from './use-raw-rows';

const views = ['preview', 'graph', 'parameters', 'versions', 'text'] as const;
const viewNames = {
  text: 'Text',
  preview: 'Preview',
  graph: 'Graph',
  parameters: 'Parameters',
  versions: 'Save and run',
} as const;
const viewCodec = urlChoice(views);
const firstShown = 3;
const nothingTried: Tried = {};

/** The text of a chain beside what becomes of it. */
export function ChainEditor({
  draft,
  raw,
  versions,
}: {
  readonly draft: Draft;
  readonly raw: RawRows;
  /** What keeps and runs the chain, told why it cannot be kept. */
  readonly versions: (blocked: string | null) => ReactNode;
}): ReactNode {
  const { config, content, places } = draft;
  const [view, setView] = useUrlState('view', viewCodec);
  const [chosen, setShow] = useUrlState('show', urlList);
  const narrow = useMediaQuery('(max-width: 62em)', false);
  const [selected, setSelected] = useState<string | null>(null);
  const handle = useRef<EditorHandle | null>(null);

  const where = parameterPath(raw.table?.path ?? '');
  const [available, setAvailable] = useState<readonly string[]>([]);
  const [tried, setTried] = useState<Tried>({});
  const tryValues = (changes: Tried): void => setTried((now) => ({ ...now, ...changes }));
  // What was chosen for another chain says nothing about this one.
  const fits = available.length === 0 || chosen.some((name) => available.includes(name));
  const show = chosen.length > 0 && fits ? chosen : defaultShow(available, selected);
  const preview = usePreview({ content, config, show, tried }, raw);
  const { catalogue, builtins, answer, isBehind, fault, parameters } = preview;
  const [against, setAgainst] = useUrlState('against', urlChain);
  const other = useStoredChain(against);
  const otherContent = other.chosen?.content;
  const otherPreview = usePreview(
    otherContent === undefined
      ? null
      : {
          content: otherContent,
          config: chainForTable(otherContent, raw.table?.path ?? '') ?? null,
          show,
          tried: nothingTried,
        },
    raw,
  );
  const curves = useMemo(
    () => (answer?.variables ?? []).filter(({ shape }) => shape.length === 1).map(({ name }) => name),
    [answer],
  );
  const curvesKey = curves.join();
  useEffect(() => setAvailable(curvesKey === '' ? [] : curvesKey.split(',')), [curvesKey]);

  const problems = useMemo(
    () => problemsOf(places, draft.syntaxFault, answer?.findings ?? []),
    [places, draft.syntaxFault, answer],
  );
  const knowledge: Knowledge = {
    ...knowsNothing,
    catalogue: catalogue ?? [],
    builtins,
    variables: answer?.variables ?? [],
    columns: [...(raw.table?.columns ?? []), ...(answer?.joined ?? [])],
  };
  const recipePath = selected === null ? undefined : pathOf(config, selected);
  const recipe = recipePath === undefined ? undefined : valueAt(config, recipePath);
  const literals =
    recipePath === undefined || recipe === undefined || draft.syntaxFault !== null
      ? []
      : literalsOf(places, recipePath, recipe, knowledge.catalogue);

  const turnables = turnablesOf(
    literals,
    parameters.filter(({ name }) => recipe !== undefined && JSON.stringify(recipe).includes(name)),
    { onReplace: (span, text) => handle.current?.replace(span, text), onTry: tryValues },
  );

  const select = (node: ChainNode): void => {
    if (node.kind === 'column') {
      setShow([...new Set([...show, ...node.lines.map(({ name }) => name)])]);
      return;
    }
    setSelected(node.id);
    const path = pathOf(config, node.id);
    if (path !== undefined && !narrow) handle.current?.show(places.spanOf(path));
    const made = node.lines.map(({ name }) => name).filter((name) => curves.includes(name));
    if (made.length > 0 && chosen.length > 0) setShow([...new Set([...chosen, ...made])]);
  };
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const blocked =
    errors === 0
      ? null
      : `The text has ${errors === 1 ? 'an error' : `${errors} errors`}: see the problems below it.`;
  const turn = <TurnPanel processor={recipe === undefined ? null : selected} turnables={turnables} />;
  const shown = !narrow && view === 'text' ? 'preview' : view;
  return (
    <>
      {narrow ? <ViewChoice views={['text', ...views.slice(0, 4)]} view={shown} onChange={setView} /> : null}
      <div className={classes['columns']}>
        <div className={classes['left']} hidden={narrow && shown !== 'text'}>
          <Panel
            title="Chain"
            aside={
              draft.chains.length < 2 ? null : (
                <NativeSelect
                  aria-label="Chain for"
                  size="xs"
                  value={draft.chain.id}
                  onChange={(event) => draft.openChain(event.currentTarget.value)}
                  data={draft.chains.map(({ id, label }) => ({ value: id, label }))}
                />
              )
            }
          >
            <CodeEditor
              key={draft.revision}
              label="Chain as JSON"
              initial={draft.opened}
              problems={problems}
              latest={() => ({ knowledge, config })}
              handle={handle}
              onChange={draft.setText}
              onCursor={(position) => {
                const key = processorAt(places, position);
                if (key !== null) setSelected(key);
              }}
            />
            <ProblemList
              problems={problems}
              state={stateWords(fault, raw.bytes !== null, answer !== null)}
              onShow={(problem) => handle.current?.show(problem)}
            />
          </Panel>
          {narrow ? null : <Panel title={turnTitle(recipe === undefined ? null : selected)}>{turn}</Panel>}
        </div>
        {narrow && shown === 'text' ? null : (
          <Panel
            title={viewNames[shown]}
            aside={narrow ? null : <ViewChoice views={views.slice(0, 4)} view={shown} onChange={setView} />}
          >
            {shown === 'graph' && answer !== null ? (
              <GraphView answer={answer} selected={selected} onSelect={select} />
            ) : null}
            {shown === 'preview' ? (
              <>
                <PreviewPanel
                  raw={raw}
                  answer={answer}
                  isBehind={isBehind}
                  show={show}
                  choices={curves}
                  other={
                    other.chosen === undefined
                      ? null
                      : { label: other.chosen.label, answer: otherPreview.answer }
                  }
                  comparison={
                    <ChainChoice
                      label="Compare with"
                      none="nothing"
                      chain={against}
                      configurations={other.configurations}
                      onChain={setAgainst}
                    />
                  }
                  onShow={(names) => setShow(names)}
                />
                <JoinList joins={preview.joins} found={preview.foundJoins} />
                <FileList
                  files={preview.files}
                  onKeep={({ file, path }, numbers) =>
                    draft.setContent(withValue(content, ['numbers', file, path], numbers))
                  }
                />
                {narrow ? turn : null}
              </>
            ) : null}
            {shown === 'parameters' ? (
              <ParametersPanel
                parameters={parameters}
                channel={where.length === 2 ? String(where[1]) : undefined}
                run={raw.dataset === undefined ? undefined : `${raw.dataset.detector} ${raw.dataset.run}`}
                error={preview.parameterError}
                ownValueOf={(name) => valueAt(content, [...where, ...name.split('.').slice(1)])}
                onOwnValue={(name, value) =>
                  draft.setContent(withValue(content, [...where, ...name.split('.').slice(1)], value))
                }
                onFallback={({ fallbackPath }, value) => {
                  const span = fallbackPath === undefined ? undefined : places.valueOf(fallbackPath);
                  if (span !== undefined) handle.current?.replace(span, JSON.stringify(value));
                }}
                onTry={tryValues}
                onTakeBack={(name) =>
                  setTried((now) => Object.fromEntries(Object.entries(now).filter(([one]) => one !== name)))
                }
              />
            ) : null}
            {shown === 'versions' ? versions(blocked) : null}
          </Panel>
        )}
      </div>
    </>
  );
}

type View = (typeof views)[number];

function ViewChoice({
  views: offered,
  view,
  onChange,
}: {
  readonly views: readonly View[];
  readonly view: View;
  readonly onChange: (view: View) => void;
}): ReactNode {
  return (
    <SegmentedControl
      aria-label="View"
      size="xs"
      className={classes['views'] ?? ''}
      data={offered.map((value) => ({ value, label: viewNames[value] }))}
      value={view}
      onChange={onChange}
    />
  );
}

/** What is drawn before anything was chosen: the first waveforms, and those that the last steps make. */
function defaultShow(available: readonly string[], selected: string | null): readonly string[] {
  const own = (selected ?? '').split(/[\s,]+/).filter((name) => available.includes(name));
  const first = available.slice(0, 1);
  return [...new Set([...first, ...own, ...available.slice(1)])].slice(
    0,
    Math.max(firstShown, own.length + 1),
  );
}

function pathOf(config: Json, key: string): readonly string[] | undefined {
  if (valueAt(config, ['processors', key]) !== undefined) return ['processors', key];
  return valueAt(config, [key]) === undefined ? undefined : [key];
}

/** The processor in whose description a position lies. */
function processorAt(places: Draft['places'], position: number): string | null {
  const [top, key] = places.pathAt(position).path;
  return top === 'processors' && typeof key === 'string' ? key : null;
}

function stateWords(fault: string | null, hasRows: boolean, hasAnswer: boolean): string {
  if (fault !== null) return `The chain could not be looked at: ${fault}`;
  if (!hasAnswer) return 'The chain is being looked at.';
  return hasRows
    ? 'No problems.'
    : 'No problems in the text; types and shapes are checked when a raw table is chosen.';
}

function turnTitle(selected: string | null): string {
  return selected === null ? 'Numbers' : `Numbers of ${selected}`;
}
