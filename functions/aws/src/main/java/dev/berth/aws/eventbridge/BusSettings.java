package dev.berth.aws.eventbridge;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a deployment's events go, and as whose.
 *
 * @param bus name or ARN of the event bus
 * @param source of the registry's events: consumers' rules match it. EventBridge takes {@code
 *     aws.ecr} from ECR alone
 * @param elsewhere whether the bus is not AWS's own but another that speaks its protocol, which may
 *     take any source
 */
public record BusSettings(String bus, String source, boolean elsewhere) {

  /** Names the bus; the account's own where it is absent. */
  public static final String BUS = "BERTH_EVENT_BUS";

  /** Names the source; {@link #DEFAULT_SOURCE} where it is absent. */
  public static final String SOURCE = "BERTH_EVENT_SOURCE";

  public static final String DEFAULT_SOURCE = "dev.berth.ecr";

  private static final String DEFAULT_BUS = "default";
  private static final String RESERVED = "aws.";

  /** PutEventsRequestEntry in EventBridge's model: as rules can match it. */
  private static final int LONGEST_SOURCE = 256;

  private static final int LONGEST_BUS = 1600;

  /**
   * @throws IllegalArgumentException if EventBridge would refuse every event; the message says why
   */
  public BusSettings {
    require(!bus.isBlank() && bus.length() <= LONGEST_BUS, BUS + " is no name of an event bus");
    require(
        !source.isBlank() && source.length() <= LONGEST_SOURCE,
        "%s must have 1 to %d characters".formatted(SOURCE, LONGEST_SOURCE));
    require(
        elsewhere || !source.startsWith(RESERVED),
        ("%s is '%s', but EventBridge takes sources that begin with '%s' from AWS alone: choose"
                + " another, such as %s")
            .formatted(SOURCE, source, RESERVED, DEFAULT_SOURCE));
  }

  /**
   * As environment variables say, those of the SDK that name another endpoint included.
   *
   * @throws IllegalArgumentException as the constructor does
   */
  public static BusSettings of(Map<String, String> environment) {
    return new BusSettings(
        environment.getOrDefault(BUS, DEFAULT_BUS),
        environment.getOrDefault(SOURCE, DEFAULT_SOURCE),
        isEndpointNamed(environment));
  }

  /** AWS SDKs and Tools Reference Guide, "Service-specific endpoints". */
  private static boolean isEndpointNamed(Map<String, String> environment) {
    boolean ignored =
        Optional.ofNullable(environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))
            .filter("true"::equalsIgnoreCase)
            .isPresent();
    return !ignored
        && Stream.of("AWS_ENDPOINT_URL_EVENTBRIDGE", "AWS_ENDPOINT_URL")
            .map(environment::get)
            .anyMatch(url -> url != null && !url.isBlank());
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
