package dev.berth.registry.identity;

import dev.berth.registry.identity.IdentityException.DeleteConflict;

/** What has to be gone before a user or a role goes. */
final class EntityChecks {

  private EntityChecks() {}

  /**
   * A permissions boundary goes along with what it bounds.
   *
   * @throws DeleteConflict if it has policies of its own, or managed ones attached
   */
  static void checkNoPolicies(Entity entity) {
    if (!entity.permissions().inline().isEmpty()) {
      throw new DeleteConflict("Cannot delete entity, must delete policies first.");
    }
    if (!entity.permissions().attached().isEmpty()) {
      throw new DeleteConflict("Cannot delete entity, must detach all policies first.");
    }
  }
}
