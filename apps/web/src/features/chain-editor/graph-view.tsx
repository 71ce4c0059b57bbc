'use client';

import { type ReactNode, useMemo } from 'react';
import { EmptyState } from '../../lib/states/empty-state';
import classes from './chain-editor.module.css';
import { type ChainEdge, type ChainNode, drawChain } from './graph-layout';
import type { ChainAnswer } from './inspector';

const stateWords = { ready: '', failed: 'has an error', blocked: 'waits for one with an error' } as const;

/** The resolved chain: columns on top, what is made of them below. Enter or a click goes to the text. */
export function GraphView({
  answer,
  selected,
  onSelect,
}: {
  readonly answer: ChainAnswer;
  readonly selected: string | null;
  readonly onSelect: (node: ChainNode) => void;
}): ReactNode {
  const { processors, variables, inputs, outputs } = answer;
  const drawing = useMemo(
    () => drawChain({ processors, variables, inputs, outputs }),
    [processors, variables, inputs, outputs],
  );
  if (drawing.nodes.length === 0) {
    return (
      <EmptyState title="Nothing to draw yet.">
        The graph is drawn from the resolved chain: choose a raw table and write a processor.
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={classes['legend']} aria-label="How to read the graph">
        <li data-mark="column">column of the table</li>
        <li data-mark="output">● written as an output</li>
        <li data-mark="unused">not needed by any output</li>
        <li data-mark="failed">has an error</li>
      </ul>
      <div className={classes['graph']} role="group" aria-label="Graph of the chain" tabIndex={0}>
        <svg width={drawing.width} height={drawing.height} aria-label="Graph of the chain">
          <title>Graph of the chain</title>
          {drawing.edges.map((edge) => (
            <Edge
              key={`${edge.from} ${edge.to}`}
              edge={edge}
              lit={edge.from === selected || edge.to === selected}
            />
          ))}
          {drawing.nodes.map((node) => (
            <Node key={node.id} node={node} isSelected={node.id === selected} onSelect={onSelect} />
          ))}
        </svg>
      </div>
    </>
  );
}

function Edge({ edge, lit }: { readonly edge: ChainEdge; readonly lit: boolean }): ReactNode {
  const [first, ...rest] = edge.points;
  if (first === undefined) return null;
  const path = `M${first.x},${first.y}${rest.map(({ x, y }) => `L${x},${y}`).join('')}`;
  return (
    <path d={path} className={classes['edge']} data-lit={lit || undefined}>
      <title>{edge.names.join(', ')}</title>
    </path>
  );
}

function Node({
  node,
  isSelected,
  onSelect,
}: {
  readonly node: ChainNode;
  readonly isSelected: boolean;
  readonly onSelect: (node: ChainNode) => void;
}): ReactNode {
  const remarks = [stateWords[node.state], node.needed ? '' : 'not needed'].filter((word) => word !== '');
  return (
    <g
      role="button"
      tabIndex={0}
      aria-pressed={isSelected}
      className={classes['node']}
      data-kind={node.kind}
      data-state={node.state}
      data-unused={!node.needed || undefined}
      data-selected={isSelected || undefined}
      transform={`translate(${node.x},${node.y})`}
      onClick={() => onSelect(node)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onSelect(node);
      }}
    >
      <rect width={node.width} height={node.height} rx={node.kind === 'column' ? 12 : 3} />
      <text x={8} y={17} className={classes['work']}>
        {`${node.work} ${remarks.length === 0 ? '' : `(${remarks.join(', ')}) `}`}
      </text>
      {node.lines.map(({ name, words, isOutput }, index) => (
        <text key={name} x={8} y={33 + index * 16}>
          {isOutput ? '● ' : ''}
          <tspan className={classes['variable']}>{name}</tspan>
          <tspan className={classes['words']}> {words}</tspan>
        </text>
      ))}
    </g>
  );
}
