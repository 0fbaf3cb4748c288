package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.assertCode;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.InvalidTagParameterException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TooManyTagsException;

/** TagResource, UntagResource and ListTagsForResource (guide, "Tagging a repository"). */
class ResourceTagOperationsTest {

  private static final String PREFIX = "arn:aws:ecr:us-east-1:123456789012:repository/";
  private static final String APP = PREFIX + "team/app";

  private static final String TOO_MANY =
      "The list of tags on the repository is over the limit. The maximum number of tags that can"
          + " be applied to a repository is 50.";

  /** Calls an operation on the resource of an ARN. */
  private interface Call {
    void on(EcrClient ecr, String arn);
  }

  private final SdkRegistry registry = new SdkRegistry();
  private final EcrClient ecr = registry.ecr;

  @BeforeEach
  void createRepository() {
    registry.create("team/app");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  static Stream<Named<Call>> operations() {
    return Stream.of(
        Named.of(
            "TagResource",
            (ecr, arn) -> ecr.tagResource(r -> r.resourceArn(arn).tags(tag("k", "v")))),
        Named.of(
            "UntagResource", (ecr, arn) -> ecr.untagResource(r -> r.resourceArn(arn).tagKeys("k"))),
        Named.of(
            "ListTagsForResource", (ecr, arn) -> ecr.listTagsForResource(r -> r.resourceArn(arn))));
  }

  @Test
  void tagsAreAddedChangedTakenAwayAndListedByKey() {
    ecr.createRepository(r -> r.repositoryName("made").tags(tag("team", "devs")));
    String made = PREFIX + "made";

    ecr.tagResource(r -> r.resourceArn(made).tags(tag("stack", "dev"), tag("key1", "")));
    ecr.tagResource(r -> r.resourceArn(made).tags(tag("stack", "prod")));

    assertThat(tags(made))
        .containsExactly(tag("key1", ""), tag("stack", "prod"), tag("team", "devs"));
    ecr.untagResource(r -> r.resourceArn(made).tagKeys("team", "key1", "none"));
    assertThat(tags(made)).containsExactly(tag("stack", "prod"));
    ecr.untagResource(r -> r.resourceArn(made).tagKeys("stack"));
    assertThat(tags(made)).isEmpty();
    assertThat(tags(APP)).isEmpty();
  }

  @Test
  void tagsGoWithTheirRepository() {
    ecr.tagResource(r -> r.resourceArn(APP).tags(tag("k", "v")));
    ecr.deleteRepository(r -> r.repositoryName("team/app"));
    registry.create("team/app");

    assertThat(tags(APP)).isEmpty();
  }

  @Test
  void aRepositoryHasFiftyTagsAndNoMore() {
    ecr.tagResource(r -> r.resourceArn(APP).tags(tags(0, 49)));
    ecr.tagResource(r -> r.resourceArn(APP).tags(tag("k0", "other"), tag("k49", "v")));

    assertRefused(
        TooManyTagsException.class,
        TOO_MANY,
        () -> ecr.tagResource(r -> r.resourceArn(APP).tags(tag("k50", "v"))));
    assertThat(tags(APP)).hasSize(50).contains(tag("k0", "other"));
    assertRefused(
        TooManyTagsException.class,
        TOO_MANY,
        () ->
            ecr.untagResource(
                r -> r.resourceArn(APP).tagKeys(tags(0, 51).stream().map(Tag::key).toList())));
    assertThat(tags(APP)).hasSize(50);
  }

  @Test
  void whoeverTagsAtOnceLosesNoTagAndExceedsNothing() throws Exception {
    ecr.tagResource(r -> r.resourceArn(APP).tags(tags(0, 44)));
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 44; i < 52; i++) {
      int number = i;
      writers.add(() -> tagged(number));
    }
    List<Tag> added = new ArrayList<>();
    try (var threads = Executors.newCachedThreadPool()) {
      List<Future<Boolean>> results = threads.invokeAll(writers);
      for (int i = 0; i < results.size(); i++) {
        if (results.get(i).get()) {
          added.add(tag("k" + (44 + i), "v"));
        }
      }
    }

    assertThat(added).hasSize(6);
    assertThat(tags(APP)).hasSize(50).containsAll(added);
  }

  private boolean tagged(int number) {
    try {
      ecr.tagResource(r -> r.resourceArn(APP).tags(tag("k" + number, "v")));
      return true;
    } catch (TooManyTagsException e) {
      return false;
    }
  }

  @Test
  void reservedAndMalformedTagsAreRefused() {
    String reserved = "Tag keys and values that begin with 'aws:' are reserved: 'Aws:k' is '%s'.";
    String tooLong =
        "An invalid parameter has been specified. Tag keys can have a maximum character length of"
            + " 128 characters, and tag values can have a maximum length of 256 characters.";

    assertRefused(
        InvalidTagParameterException.class,
        reserved.formatted("v"),
        () -> ecr.tagResource(r -> r.resourceArn(APP).tags(tag("k", "v"), tag("Aws:k", "v"))));
    assertRefused(
        InvalidTagParameterException.class,
        reserved.formatted(""),
        () -> ecr.untagResource(r -> r.resourceArn(APP).tagKeys("Aws:k")));
    assertRefused(
        InvalidTagParameterException.class,
        tooLong,
        () -> ecr.untagResource(r -> r.resourceArn(APP).tagKeys("k".repeat(129))));
    assertThat(tags(APP)).isEmpty();
  }

  @Test
  void tagsAndKeysAreRequired() {
    assertInvalid("tags", "must not be null", () -> ecr.tagResource(r -> r.resourceArn(APP)));
    assertInvalid("tagKeys", "must not be null", () -> ecr.untagResource(r -> r.resourceArn(APP)));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aRepositoryThatIsNotThereIsNotFound(Call call) {
    assertRefused(
        RepositoryNotFoundException.class,
        "The repository with name 'none' does not exist in the registry with id '123456789012'",
        () -> call.on(ecr, PREFIX + "none"));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void theRepositoryOfAnotherAccountIsClosed(Call call) {
    assertCode(
        "AccessDeniedException",
        () -> call.on(ecr, "arn:aws:ecr:us-east-1:999999999999:repository/team/app"));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void theRepositoryIsOfTheRegionThatIsAsked(Call call) {
    assertInvalid(
        "resourceArn",
        "must name a repository of the region 'us-east-1'",
        () -> call.on(ecr, "arn:aws:ecr:eu-west-1:123456789012:repository/team/app"));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anArnIsRequired(Call call) {
    assertInvalid("resourceArn", "must not be null", () -> call.on(ecr, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "team/app",
        "arn:aws:ecr:us-east-1:123456789012:repository/",
        "arn:aws:ecr:us-east-1:123456789012:repository/App",
        "arn:aws:ecr:us-east-1:123456789012:repository/*",
        "arn:aws:ecr:us-east-1:123456789012:image/team/app",
        "arn:aws:ecr:us-east-1:12345:repository/team/app",
        "arn:aws:ecr::123456789012:repository/team/app",
        "arn:aws:s3:us-east-1:123456789012:repository/team/app",
        "arn:aws-cn:ecr:us-east-1:123456789012:repository/team/app",
        "arn:aws:ecr:us-east-1:123456789012:repository/team/app\n",
      })
  void anythingButTheArnOfARepositoryIsRefused(String arn) {
    assertInvalid("resourceArn", "Invalid ARN", () -> tags(arn));
  }

  private List<Tag> tags(String arn) {
    return ecr.listTagsForResource(r -> r.resourceArn(arn)).tags();
  }

  private static List<Tag> tags(int first, int end) {
    return IntStream.range(first, end).mapToObj(i -> tag("k" + i, "v")).toList();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
