import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { recipesFor } from '../../phone-systems/phone-systems.ts';
import { Problem } from '../../problem.ts';
import { type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { addressOf, managedTriggerOf, TRIGGER } from './managed-trigger.ts';

/** How each phone system is set up to call a trigger. For managers: the secret address is in the snippets. */
export const triggerRecipes = new Hono<SignedInEnv>();

const RECIPES = `${TRIGGER}/recipes`;

triggerRecipes.get(
  RECIPES,
  describeRoute({
    summary: 'Set-up steps for each phone system, with the address of this trigger in them (managers)',
    responses: {
      200: { description: '`recipes`; `unconfirmed` says what the maker’s documentation did not confirm.' },
      403: { description: '`not-allowed`' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  signedIn,
  async (c) => {
    const { practice, trigger } = await managedTriggerOf(c);
    const { useCase, language } = trigger;
    const url = addressOf(c.env, c.req.url, trigger);
    return c.json({ recipes: recipesFor({ url, practiceName: practice.name, useCase, language }) });
  },
);

triggerRecipes.all(RECIPES, () => {
  throw new Problem('wrong-method');
});
