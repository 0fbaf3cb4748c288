package dev.berth.registry.identity;

import java.util.List;

/**
 * A try to delete a service-linked role, which is over at once.
 *
 * @param taskId {@code task/aws-service-role/<service>/<role>/<uuid>}
 * @param regionsUsing the regions that use the role, which is why it was not deleted; empty where
 *     it was
 */
public record RoleDeletion(String taskId, List<String> regionsUsing) {

  public RoleDeletion {
    regionsUsing = List.copyOf(regionsUsing);
  }

  public boolean succeeded() {
    return regionsUsing.isEmpty();
  }
}
