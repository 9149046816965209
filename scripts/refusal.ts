/** Something that only the person at the keyboard can put right. Its message says how. */
export class Refusal extends Error {}

/** Runs a command to its end: a refusal is told without a stack, anything else is a fault of ours and keeps it. */
export async function command(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const known = error instanceof Refusal ? error : refusalOf(error);
    console.error(known === null ? error : `\n${known.message}\n`);
    process.exit(1);
  }
}

/** What the file system says, in words. */
function refusalOf(error: unknown): Refusal | null {
  const { code, path } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Refusal(
        `No permission to write ${path}.\nMake it writable for you, or work in a copy that is.`,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new Refusal(
        `${path} cannot be a directory: something else is there. Move that away, or choose another place.`,
      );
    case 'ENOSPC':
      return new Refusal('The disk is full. Make room, then try again.');
    default:
      return null;
  }
}
