package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static dev.berth.lambda.ecr.SdkRegistry.byDigest;
import static dev.berth.lambda.ecr.SdkRegistry.byTag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.registry.image.AttemptRecords.Attempt;
import dev.berth.registry.image.Replication;
import dev.berth.registry.image.Replication.Failure;
import dev.berth.registry.image.ReplicationRecords.PushedImage;
import dev.berth.registry.image.Replications;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** What DescribeImageReplicationStatus says of replications. */
class ReplicationStatusTest {

  private static final Destination WEST = new Destination("us-west-2", ACCOUNT);
  private static final Destination OTHER = new Destination("us-west-2", "111122223333");
  private static final Destination EUROPE = new Destination("eu-west-1", ACCOUNT);

  private final SdkRegistry registry = new SdkRegistry();
  private final Replications replications = registry.services.replications();

  ReplicationStatusTest() {
    registry.create("app");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  /** Notes a push of the image, as the function does that plans replications. */
  private List<Replication> plan(Digest digest, String tag, Destination... destinations) {
    var app = new RepositoryName("app");
    var push = new PushedImage(ACCOUNT, app, digest, Optional.of(new Tag(tag)), "of " + tag);
    return replications.records().plan(push, List.of(destinations));
  }

  private Attempt begin(Replication replication) {
    return replications.attempts().begin(replication.id(), replication.push()).orElseThrow();
  }

  private List<String> told(ImageIdentifier image) {
    return registry
        .ecr
        .describeImageReplicationStatus(r -> r.repositoryName("app").imageId(image))
        .replicationStatuses()
        .stream()
        .map(
            status ->
                String.join(
                    " ",
                    status.region(),
                    status.registryId(),
                    status.statusAsString(),
                    Optional.ofNullable(status.failureCode()).orElse("-")))
        .toList();
  }

  @Test
  void eachDestinationsStatusIsToldInTheirOrder() {
    Digest digest = registry.image("app", "content", "v1");
    List<Replication> planned = plan(digest, "v1", WEST, EUROPE, OTHER);
    replications.attempts().complete(begin(planned.get(0)));
    var failure = new Failure("AccessDeniedException", "no");
    replications.attempts().fail(begin(planned.get(2)).replication(), failure);

    List<String> expected =
        List.of(
            "eu-west-1 123456789012 IN_PROGRESS -",
            "us-west-2 111122223333 FAILED AccessDeniedException",
            "us-west-2 123456789012 COMPLETE -");
    assertThat(told(byTag("v1"))).isEqualTo(expected);
    assertThat(told(byDigest(digest.toString()))).isEqualTo(expected);
  }

  @Test
  void aTagThatIsPushedLaterHasAStatusOfItsOwn() {
    Digest digest = registry.image("app", "content", "v1", "v2");
    replications.attempts().complete(begin(plan(digest, "v1", WEST).getFirst()));
    Replication second = plan(digest, "v2", WEST).getFirst();

    assertThat(told(byTag("v1"))).containsExactly("us-west-2 123456789012 COMPLETE -");
    assertThat(told(byTag("v2"))).containsExactly("us-west-2 123456789012 IN_PROGRESS -");
    assertThat(told(byDigest(digest.toString())))
        .containsExactly("us-west-2 123456789012 IN_PROGRESS -");

    replications.attempts().complete(begin(second));
    assertThat(told(byDigest(digest.toString())))
        .containsExactly("us-west-2 123456789012 COMPLETE -");
  }

  @Test
  void anImagesStatusIsThatOfItsLastReplication() {
    Digest digest = registry.image("app", "content", "v1", "v2");
    var failure = new Failure("AccessDeniedException", "no");
    replications.attempts().fail(begin(plan(digest, "v1", WEST).getFirst()).replication(), failure);
    replications.attempts().complete(begin(plan(digest, "v2", WEST).getFirst()));

    assertThat(told(byDigest(digest.toString())))
        .containsExactly("us-west-2 123456789012 COMPLETE -");
    assertThat(told(byTag("v1")))
        .containsExactly("us-west-2 123456789012 FAILED AccessDeniedException");
  }

  @Test
  void aTagThatWasNotReplicatedHasItsImagesStatus() {
    Digest digest = registry.image("app", "content", "before", "v1");
    replications.attempts().complete(begin(plan(digest, "v1", WEST).getFirst()));

    assertThat(told(byTag("before"))).containsExactly("us-west-2 123456789012 COMPLETE -");
  }
}
