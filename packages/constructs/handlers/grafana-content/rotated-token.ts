import { type Kind, text } from './event';

/**
 * The first token of a secret, so that whatever comes after it in the stack finds one. The rotation function makes it
 * and writes it; nothing of it passes here. It goes with its service account.
 */
export const rotatedToken: Kind = {
  physicalId: ({ event, properties }) => `${properties.WorkspaceId}/tokens/${event.LogicalResourceId}`,

  async create({ properties, world }) {
    await world.invoke(text(properties, 'Function'));
    return {};
  },

  update: (task) => rotatedToken.create(task),

  async remove() {},
};
