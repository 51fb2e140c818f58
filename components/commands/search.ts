import { Search } from 'lucide-react';
import { focusSearch } from '#lib/client/search/focus-search.ts';
import type { Command } from './command.ts';
import { always, possible } from './reasons.ts';

export const search: Command = {
  id: 'search',
  group: 'go',
  icon: Search,
  keys: ['/'],
  isShown: always,
  whyNot: possible,
  run: focusSearch,
};
