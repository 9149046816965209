import * as z from 'zod';
import {
  isSameName,
  MAX_GROUP_NAME_LENGTH,
  MAX_GROUPS,
  MAX_RESPONSES,
  responseFaults,
  tidyName,
  tidyResponse,
} from '../../domain/words/quick-response.ts';
import { FILE_FORMATS, MAX_FILE_BYTES } from '../../domain/words/response-files.ts';

/** Twelve languages of the greatest length. */
export const MAX_RESPONSE_BYTES = 128 * 1024;

const WRITTEN = { title: z.string(), group: z.string(), texts: z.record(z.string(), z.string()) };

function withoutFaults(written: z.infer<z.ZodObject<typeof WRITTEN>>, context: z.RefinementCtx): void {
  for (const { path, message } of responseFaults(written))
    context.addIssue({ code: 'custom', path, message });
}

export const ResponseBody = z.strictObject(WRITTEN).transform(tidyResponse).superRefine(withoutFaults);

export const ChangedResponseBody = z
  .strictObject({ ...WRITTEN, version: z.int().describe('The version that was looked at.') })
  .transform(({ version, ...written }) => ({ version, ...tidyResponse(written) }))
  .superRefine(withoutFaults);

export const ArchiveBody = z.strictObject({ isArchived: z.boolean() });

const GroupName = z
  .string()
  .transform(tidyName)
  .pipe(
    z
      .string()
      .min(1, 'give the group a name')
      .max(MAX_GROUP_NAME_LENGTH, `use at most ${MAX_GROUP_NAME_LENGTH} characters`),
  );

const Groups = z
  .array(z.strictObject({ name: GroupName, ids: z.array(z.string().max(64)).max(MAX_RESPONSES) }))
  .max(MAX_GROUPS, `there is room for ${MAX_GROUPS} groups`)
  .superRefine((groups, context) => {
    const repeated = groups.find(({ name }, index) =>
      groups.some((other, before) => before < index && isSameName(other.name, name)),
    );
    if (repeated !== undefined)
      context.addIssue({ code: 'custom', message: 'give each group a name of its own' });
  });

export const GroupsBody = z.strictObject({
  groups: Groups,
  expected: Groups.describe('What was seen before the change.'),
});

/** Escaped as JSON a file may grow to six times its size; most do not grow at all. */
export const MAX_IMPORT_BYTES = 2 * MAX_FILE_BYTES;

export const ImportBody = z.strictObject({
  format: z.enum(FILE_FORMATS),
  content: z.string().max(MAX_FILE_BYTES, 'the file is too large: 2 MB is the most'),
  isDryRun: z.boolean().default(false).describe('Only tell what would become of it.'),
});
