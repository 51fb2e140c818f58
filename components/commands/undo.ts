import { Redo2, Undo2 } from 'lucide-react';
import type { Command } from './command.ts';

/** Takes back what was done last, then what was done before it. */
export const undo: Command = {
  id: 'undo',
  group: 'app',
  icon: Undo2,
  keys: ['z'],
  isShown: () => true,
  whyNot: ({ undoable }) => (undoable.canUndo() ? null : 'nothing-to-undo'),
  run: ({ undoable }) => undoable.undo(),
};

export const redo: Command = {
  id: 'redo',
  group: 'app',
  icon: Redo2,
  keys: ['Shift+z'],
  isShown: () => true,
  whyNot: ({ undoable }) => (undoable.canRedo() ? null : 'nothing-to-redo'),
  run: ({ undoable }) => undoable.redo(),
};
