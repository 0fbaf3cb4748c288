package dev.berth.local.bus;

import java.net.URI;
import java.nio.file.Path;

/**
 * Which events go where.
 *
 * @param name unique among the rules: 1 to 64 letters, digits, {@code . - _} (EventBridge API,
 *     "PutRule")
 * @param pattern JSON (EventBridge user guide, "Creating event patterns")
 */
public record Rule(String name, String pattern, Target target) {

  /** What an event is sent to. */
  public sealed interface Target {

    /** An event is the body of a POST to this: a secret, as whoever knows it may post, too. */
    record Url(URI url) implements Target {

      /** Names the host alone. */
      @Override
      public String toString() {
        return "Url[%s://%s]".formatted(url.getScheme(), url.getHost());
      }
    }

    /** An event is the standard input of this line of the shell. */
    record Command(String line) implements Target {}

    /**
     * An event is the input of a Lambda function.
     *
     * @param handler the name of a class, and of one of its methods behind {@code ::} where it is
     *     not that of Lambda's interface
     */
    record Function(Path jar, String handler) implements Target {}
  }
}
