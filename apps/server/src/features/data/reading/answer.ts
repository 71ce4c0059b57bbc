import type { Lh5Reader } from '@countroom/lh5';
import { fileContents } from './file-contents.js';
import { histogramView } from './histogram-view.js';
import { numbersView } from './numbers-view.js';
import { planeView } from './plane-view.js';
import type { Question, ReadingKind, Readings } from './readings.js';
import { rowsView } from './rows-view.js';
import { runInfoView } from './run-info-view.js';
import { selectionView } from './selection-view.js';
import { tableView } from './table-view.js';
import { treeView } from './tree-view.js';
import { waveformsView } from './waveforms-view.js';

/** Runs in a reading thread. */
export function answer(reader: Lh5Reader, question: Question): Promise<Readings[ReadingKind]['answer']> {
  switch (question.kind) {
    case 'contents':
      return fileContents(reader);
    case 'tree':
      return treeView(reader);
    case 'table':
      return tableView(reader, question.ask);
    case 'selection':
      return selectionView(reader, question.ask);
    case 'hits':
      // Stages are loaded when the first map is asked for, as decoders are.
      return import('./hits-view.js').then(({ hitsView }) => hitsView(reader, question.ask));
    case 'rows':
      return rowsView(reader, question.ask);
    case 'numbers':
      return numbersView(reader, question.ask);
    case 'runInfo':
      return runInfoView(reader);
    case 'waveforms':
      return waveformsView(reader, question.ask);
    case 'histogram':
      return histogramView(reader, question.ask);
    case 'plane':
      return planeView(reader, question.ask);
  }
}
