/** The enterprise setting "practices may message and search any patient". */

/** Who answers for it. Turning it on without one is refused; what was said stays beside it while it is on. */
export interface Acknowledgement {
  /** Of the person who answers for it, who need not be the admin at the screen. */
  name: string;
  /** Such as "privacy officer". */
  role: string;
  /** What they agreed to. */
  text: string;
  /** Epoch ms. */
  at: number;
  recordedBy: { id: string; name: string };
}

/** What the page asks to agree to. */
export const ACKNOWLEDGEMENT_TEXT =
  'Staff of every practice will see the full names of patients of all practices, for callers and in searches. Our privacy and compliance rules allow this.';

export interface AnyPatient {
  isOn: boolean;
  acknowledgement: Acknowledgement | null;
}
