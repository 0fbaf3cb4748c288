package dev.berth.registry.authz;

import dev.berth.core.policy.condition.RequestContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The condition keys that tell when a request is decided. */
record TimeKeys(Instant now) implements RequestContext.Source {

  @Override
  public List<String> values(String key) {
    return switch (key) {
      case "aws:currenttime" -> List.of(now.truncatedTo(ChronoUnit.SECONDS).toString());
      case "aws:epochtime" -> List.of(Long.toString(now.getEpochSecond()));
      default -> List.of();
    };
  }
}
