package dev.berth.clients;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The worked examples of the guide's "Examples of lifecycle policies", with the AWS CLI: each image
 * is pushed to a host whose clock says so long ago, and today the policies are previewed and run.
 */
class LifecycleClockIT {

  private static final Instant TODAY = Instant.parse("2026-01-31T12:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * An image of an example.
   *
   * @param age in hours
   */
  private record Pushed(String name, int age, List<String> tags) {
    static Pushed days(String name, int days, String... tags) {
      return new Pushed(name, days * 24, List.of(tags));
    }
  }

  /**
   * A repository, and what is to become of it.
   *
   * @param policy a file of the samples
   * @param expired the names of the images that go, with the rule by which they do
   */
  private record Example(
      String repository, String policy, List<Pushed> images, Map<String, Integer> expired) {}

  private static final List<Pushed> BETA_AND_PROD =
      List.of(
          Pushed.days("A", 10, "beta-1", "prod-1"),
          Pushed.days("B", 9, "beta-2", "prod-2"),
          Pushed.days("C", 8, "beta-3"));

  private static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "image-age",
              "untagged-older-than-14-days",
              List.of(Pushed.days("old", 15), Pushed.days("young", 13)),
              Map.of("old", 1)),
          new Example(
              "image-count",
              "keep-one-untagged",
              List.of(Pushed.days("A", 4), Pushed.days("B", 3), Pushed.days("v1", 9, "v1")),
              Map.of("A", 1)),
          new Example(
              "multiple-rules-a", "keep-one-prod-then-one-beta", BETA_AND_PROD, Map.of("A", 1)),
          new Example(
              "multiple-rules-b",
              "keep-one-beta-then-one-prod",
              BETA_AND_PROD,
              Map.of("A", 1, "B", 1)),
          new Example(
              "multiple-tags-a",
              "alpha-and-beta-older-than-5-days",
              List.of(
                  Pushed.days("A", 12, "alpha-1"),
                  Pushed.days("B", 11, "beta-1"),
                  Pushed.days("C", 10, "alpha-2", "beta-2"),
                  Pushed.days("D", 4, "alpha-3"),
                  Pushed.days("E", 3, "beta-3"),
                  Pushed.days("F", 2, "alpha-4", "beta-4")),
              Map.of("C", 1)),
          new Example(
              "multiple-tags-b",
              "keep-one-alpha-and-beta",
              List.of(
                  Pushed.days("A", 10, "alpha-1", "beta-1", "gamma-1"),
                  Pushed.days("B", 9, "alpha-2", "beta-2"),
                  Pushed.days("C", 8, "alpha-3", "beta-3", "gamma-2")),
              Map.of("A", 1, "B", 1)),
          new Example(
              "all-images-a",
              "keep-one-image",
              List.of(
                  Pushed.days("A", 4, "alpha-1"),
                  Pushed.days("B", 3, "beta-1"),
                  Pushed.days("C", 2),
                  Pushed.days("D", 1, "alpha-2")),
              Map.of("A", 1, "B", 1, "C", 1)),
          new Example(
              "all-images-b",
              "combined",
              List.of(
                  Pushed.days("A", 4, "alpha-1", "beta-1"),
                  Pushed.days("B", 3),
                  Pushed.days("C", 2, "alpha-2"),
                  new Pushed("D", 24, List.of("git-hash")),
                  new Pushed("E", 23, List.of())),
              Map.of("A", 1, "B", 2, "D", 3)));

  /** By repository and name of the image. */
  private final Map<String, String> digests = new HashMap<>();

  @Test
  void theGuidesExamples() throws IOException {
    Programs.assumeInstalled("aws", "bash");
    try (var directory = WorkDirectory.create()) {
      Path home = directory.path();
      ages().forEach(age -> at(home, age, shell -> push(home, shell, age)));
      at(home, 0, shell -> expire(home, shell));
    }
  }

  private static Stream<Integer> ages() {
    return EXAMPLES.stream()
        .flatMap(example -> example.images().stream())
        .map(Pushed::age)
        .distinct()
        .sorted(Comparator.reverseOrder());
  }

  private interface Sitting {
    void at(GuideShell shell) throws IOException;
  }

  /** With a host whose clock says so many hours before today. */
  private static void at(Path home, int hours, Sitting sitting) {
    Instant clock = TODAY.minus(Duration.ofHours(hours));
    try (var berth = Berth.in(home, Map.of(), "--clock", clock.toString())) {
      sitting.at(new GuideShell(home, berth, List.of("us-east-1")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void push(Path home, GuideShell shell, int age) throws IOException {
    String password = shell.quietly("aws ecr get-login-password");
    try (var client = new RawClient(shell.host(0), "AWS", password)) {
      for (Example example : EXAMPLES) {
        for (Pushed pushed : example.images()) {
          if (pushed.age() == age) {
            push(home, shell, client, example.repository(), pushed);
          }
        }
      }
    }
  }

  private void push(Path home, GuideShell shell, RawClient client, String repository, Pushed pushed)
      throws IOException {
    if (digests.keySet().stream().noneMatch(key -> key.startsWith(repository + " "))) {
      shell.run("aws ecr create-repository --repository-name " + repository);
    }
    Image image = Images.in(home).write(repository + "-" + pushed.name() + ":1", 100);
    String digest = image.digest().toString();
    digests.put(repository + " " + pushed.name(), digest);
    Pushes.push(client, repository, digest, image);
    for (String tag : pushed.tags()) {
      Pushes.push(client, repository, tag, image);
    }
  }

  private void expire(Path home, GuideShell shell) throws IOException {
    for (Example example : EXAMPLES) {
      shell.write("policy.json", policy(example.policy()));
      shell.run(
          "aws ecr put-lifecycle-policy --lifecycle-policy-text file://policy.json"
              + " --repository-name "
              + example.repository());
      assertThat(previewed(shell, example)).isEqualTo(expected(example));
    }
    String dry = berth(home, "lifecycle", "run", "--dry-run");
    assertThat(dry.lines()).hasSize(EXAMPLES.size() + goneCount());
    assertThat(dry)
        .contains(digests.get("all-images-b B") + " pushed at 2026-01-28T12:00:")
        .contains("tags -, would expire by rule 2: pushed too long ago");

    String ran = berth(home, "lifecycle", "run");

    assertThat(ran.lines())
        .hasSize(EXAMPLES.size())
        .contains(
            "us-east-1/123456789012/all-images-b: 5 images, 3 expired"
                + " (rule 1: 1, rule 2: 1, rule 3: 1)");
    for (Example example : EXAMPLES) {
      assertThat(left(shell, example)).as(example.repository()).isEqualTo(stay(example));
    }
    assertThat(told(home)).isEqualTo(gone());
    assertThat(recorded(home)).isEqualTo(gone());
    assertThat(berth(home, "lifecycle", "run")).doesNotContain("(rule");
    assertThat(
            Command.in(home, Berth.launcher(), "gc", "--data", home.resolve("data"))
                .attempt()
                .transcript())
        .contains("berth: the host's clock is set (--clock)");
  }

  private Map<String, Integer> previewed(GuideShell shell, Example example) {
    String of = " --repository-name " + example.repository();
    shell.run("aws ecr start-lifecycle-policy-preview" + of);
    JsonNode preview = shell.json("aws ecr get-lifecycle-policy-preview" + of);
    assertThat(preview.path("status").asText()).isEqualTo("COMPLETE");
    return stream(preview.path("previewResults"))
        .collect(
            toMap(
                result -> result.path("imageDigest").asText(),
                result -> result.path("appliedRulePriority").asInt()));
  }

  private Map<String, Integer> expected(Example example) {
    return example.expired().entrySet().stream()
        .collect(
            toMap(
                gone -> digests.get(example.repository() + " " + gone.getKey()),
                Map.Entry::getValue));
  }

  private static Set<String> left(GuideShell shell, Example example) {
    JsonNode images =
        shell.json("aws ecr describe-images --repository-name " + example.repository());
    return stream(images.path("imageDetails"))
        .map(image -> image.path("imageDigest").asText())
        .collect(toSet());
  }

  private Set<String> stay(Example example) {
    return example.images().stream()
        .map(Pushed::name)
        .filter(name -> !example.expired().containsKey(name))
        .map(name -> digests.get(example.repository() + " " + name))
        .collect(toSet());
  }

  private static int goneCount() {
    return EXAMPLES.stream().mapToInt(example -> example.expired().size()).sum();
  }

  /** All that expires. */
  private Set<String> gone() {
    return EXAMPLES.stream()
        .flatMap(example -> expected(example).keySet().stream())
        .collect(toSet());
  }

  private static Set<String> told(Path home) {
    String deletions = "{\"detail\":{\"action-type\":[\"DELETE\"]}}";
    return berth(home, "events", "--no-follow", "--last", "1000", "--pattern", deletions)
        .lines()
        .map(LifecycleClockIT::json)
        .peek(event -> assertThat(event.path("time").asText()).startsWith("2026-01-31T12:"))
        .map(event -> event.at("/detail/image-digest").asText())
        .collect(toSet());
  }

  private static Set<String> recorded(Path home) {
    return berth(home, "audit", "--json", "--event-name", "PolicyExecutionEvent")
        .lines()
        .map(LifecycleClockIT::json)
        .flatMap(record -> stream(record.at("/serviceEventDetails/lifecycleEventImageActions")))
        .map(action -> action.at("/lifecycleEventImage/digest").asText())
        .collect(toSet());
  }

  private static String berth(Path home, String... words) {
    var all =
        Stream.of(Stream.of(Berth.launcher()), Stream.of(words), Stream.of("--data"))
            .flatMap(some -> some);
    return Command.in(home, Stream.concat(all, Stream.of(home.resolve("data"))).toArray()).run();
  }

  private static String policy(String name) throws IOException {
    Path samples = Path.of(Berth.launcher()).resolveSibling("samples/lifecycle-policies");
    return name.equals("keep-one-beta-then-one-prod")
        ? Files.readString(samples.resolve("keep-one-prod-then-one-beta.json"))
            .replace("prod", "other")
            .replace("beta", "prod")
            .replace("other", "beta")
        : Files.readString(samples.resolve(name + ".json"));
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
