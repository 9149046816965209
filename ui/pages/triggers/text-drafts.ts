import { keptDrafts } from '../../shell/kept-drafts.ts';

/** By trigger. `base` is what stood there when the writing began. */
export const textDrafts = keptDrafts<{ text: string; base: string }>();
