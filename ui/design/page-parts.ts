/**
 * What pages beside the inbox are made of, in one script that is fetched with the first of them: see
 * scripts/one-first-load.ts. The largest pages need all of it.
 */
export * from './confirm-dialog.ts';
export * from './form-parts.ts';
export * from './language-choices.ts';
export * from './merge-button.ts';
export * from './sheet.ts';
export * from './text-measure.ts';
export * from './trigger-words.ts';
