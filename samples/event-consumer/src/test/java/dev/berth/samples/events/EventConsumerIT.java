package dev.berth.samples.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar that was built, as a rule's target on the local host. */
@Timeout(300)
class EventConsumerIT {

  private static final Path JAR =
      Path.of(System.getProperty("consumer.jar", "target/event-consumer.jar")).toAbsolutePath();

  @TempDir Path directory;

  @Test
  void aPushThroughTheApiReachesTheWebhookEvenIfThatFailsAtFirst() throws Exception {
    try (var hook = new Hook();
        var registry = new LocalRegistry(directory, rules(), hook.url())) {
      hook.fail(1);
      registry.push("latest");
      String digest = registry.push("v1.2.3");

      String first = hook.take();

      assertThat(first)
          .contains("\"notice\":\"release\"", "\"repository\":\"team/app\"")
          .contains("\"tag\":\"v1.2.3\"", "\"digest\":\"" + digest + "\"");
      assertThat(hook.take()).isEqualTo(first);
      assertThat(hook.isEmpty()).isTrue();
    }
  }

  /** The sample's own, with the jar where this build put it. */
  private Path rules() throws Exception {
    String rules = Files.readString(Path.of("rules.json"));
    assertThat(rules).contains("\"target/event-consumer.jar\"");
    return Files.writeString(
        directory.resolve("rules.json"),
        rules.replace("target/event-consumer.jar", JAR.toString()));
  }

  @Test
  void theJarHasWhatItNeedsAndNothingOfTheRegistry() throws Exception {
    try (var jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream())
          .extracting(entry -> entry.getName())
          .filteredOn(name -> name.startsWith("dev/berth/") && name.endsWith(".class"))
          .isNotEmpty()
          .allMatch(name -> name.matches("dev/berth/(events|samples/events)/[^/]+"));
      assertThat(jar.getEntry("com/fasterxml/jackson/databind/ObjectMapper.class")).isNotNull();
    }
  }
}
