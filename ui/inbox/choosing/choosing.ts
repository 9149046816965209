/** Which conversations a list shows, and which of them are changed at once: filters and the selection, in one script. */
import { stylesheet } from '../../shell/stylesheet.ts';

export { FilterChips, FilterMenu, NothingPasses } from './filters.ts';
export { RowCheck } from './row-check.ts';
export { SelectBar } from './select-bar.ts';

await stylesheet('/assets/choosing.css');
