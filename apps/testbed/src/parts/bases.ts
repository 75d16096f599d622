/** The multi-platform Python base images in the registry: `base/python:<X.Y>`, one index each. */
import { makeBase } from '../base/make';
import { pushLayout, tagDigest } from '../base/push';
import { baseRecipes, baseRepository, type BaseRecipe } from '../base/recipe';
import { uvVersion } from '../tools';
import { registryUrl } from './registry';

export const ensureBases = async (port: number, tools: string): Promise<void> => {
  const target = { registry: registryUrl(port), repository: baseRepository };
  const ensure = async (recipe: BaseRecipe) => pushLayout(await makeBase(tools, recipe), target, recipe.python);
  await Promise.all(baseRecipes(await uvVersion()).map(ensure));
};

/** Whether every base image is there. */
export const basesPresent = async (port: number): Promise<boolean> => {
  const target = { registry: registryUrl(port), repository: baseRepository };
  const tags = baseRecipes('').map(({ python }) => tagDigest(target, python));
  return (await Promise.all(tags)).every((digest) => digest !== undefined);
};
