package dev.berth.lambda.audit;

import java.util.stream.Stream;

/** What the names of AWS's actions say of them. */
public final class Actions {

  private Actions() {}

  /** Whether the action changes nothing. Of such calls CloudTrail records no response. */
  public static boolean isReadOnly(String name) {
    return Stream.of("Get", "List", "Describe", "BatchGet", "BatchCheck")
        .anyMatch(name::startsWith);
  }
}
