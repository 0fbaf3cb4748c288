package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table.Consistency;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.InvalidTagParameterException;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TooManyTagsException;

/** CreateRepository's resource tags (guide, "Tagging an Amazon ECR repository"). */
class RepositoryTagsTest {

  private static final String TOO_LONG =
      "An invalid parameter has been specified. Tag keys can have a maximum character length of"
          + " 128 characters, and tag values can have a maximum length of 256 characters.";

  private final SdkRegistry registry = new SdkRegistry();

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void tagsAreKeptWithTheirRepository() {
    create(List.of(tag("team", "devs"), tag("Team", ""), tag("v", "own-prefix")));

    var kept =
        registry.table.get(Keys.repositoryTags(ACCOUNT, "app"), Consistency.STRONG).orElseThrow();
    assertThat(kept.text("tag:team")).isEqualTo("devs");
    assertThat(kept.text("tag:Team")).isEmpty();
    assertThat(kept.text("tag:v")).isEqualTo("own-prefix");
  }

  @Test
  void lengthsAreInUnicodeCharacters() {
    create(List.of(tag("𐐷".repeat(128), "𐐷".repeat(256))));

    assertThat(registry.ecr.describeRepositories().repositories()).hasSize(1);
  }

  @Test
  void theCharactersOfTheGuideAreAllowed() {
    create(List.of(tag("größe 1+-=._:/@", "値 ٣")));

    assertThat(registry.ecr.describeRepositories().repositories()).hasSize(1);
  }

  @Test
  void thereMayBeFiftyTags() {
    create(tags(50));

    assertThat(registry.ecr.describeRepositories().repositories()).hasSize(1);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal(TOO_LONG, tag("k".repeat(129), "")),
        refusal(TOO_LONG, tag("k", "v".repeat(257))),
        refusal(TOO_LONG, tag("", "v")),
        refusal(
            "Tag keys and values that begin with 'aws:' are reserved: 'aws:k' is 'v'.",
            tag("aws:k", "v")),
        refusal(
            "Tag keys and values that begin with 'aws:' are reserved: 'k' is 'AWS:v'.",
            tag("k", "AWS:v")),
        refusal(
            "Tag keys and values can have letters, numbers, spaces and +-=._:/@ alone: 'k' is"
                + " 'v!'.",
            tag("k", "v!")),
        refusal(
            "Tag keys and values can have letters, numbers, spaces and +-=._:/@ alone: 'k\t' is"
                + " 'v'.",
            tag("k\t", "v")),
        refusal("The tag key 'k' is given more than once.", tag("k", "v"), tag("k", "w")));
  }

  private static Arguments refusal(String message, Tag... tags) {
    return Arguments.of(InvalidTagParameterException.class, message, List.of(tags));
  }

  static Stream<Arguments> tooMany() {
    return Stream.of(
        Arguments.of(
            TooManyTagsException.class,
            "The list of tags on the repository is over the limit. The maximum number of tags that"
                + " can be applied to a repository is 50.",
            tags(51)));
  }

  @ParameterizedTest
  @MethodSource({"refusals", "tooMany"})
  void aTagThatIsRefusedLeavesNoRepository(
      Class<? extends EcrException> type, String message, List<Tag> tags) {
    assertRefused(type, message, () -> create(tags));

    assertThat(registry.ecr.describeRepositories().repositories()).isEmpty();
  }

  @Test
  void aTagHasAKeyAndAValue() {
    assertInvalid("Key", "must not be null", () -> create(List.of(tag(null, "v"))));
    assertInvalid("Value", "must not be null", () -> create(List.of(tag("k", null))));
  }

  private void create(List<Tag> tags) {
    registry.ecr.createRepository(r -> r.repositoryName("app").tags(tags));
  }

  private static List<Tag> tags(int count) {
    return IntStream.range(0, count).mapToObj(i -> tag("key" + i, "value")).toList();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
