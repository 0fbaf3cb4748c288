package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static dev.berth.lambda.ecr.SdkRegistry.byBoth;
import static dev.berth.lambda.ecr.SdkRegistry.byDigest;
import static dev.berth.lambda.ecr.SdkRegistry.byTag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.DescribeImageReplicationStatusResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRegistryResponse;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.RegistryPolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.ReplicationConfiguration;
import software.amazon.awssdk.services.ecr.model.ReplicationDestination;
import software.amazon.awssdk.services.ecr.model.ReplicationRule;
import software.amazon.awssdk.services.ecr.model.RepositoryFilter;
import software.amazon.awssdk.services.ecr.model.ValidationException;

/** The registry's policy, its replication, and DescribeImageReplicationStatus. */
class RegistrySettingsOperationsTest {

  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[{"Sid":"ReplicationAccessCrossAccount",\
      "Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},\
      "Action":["ecr:CreateRepository","ecr:ReplicateImage"],\
      "Resource":["arn:aws:ecr:us-east-1:123456789012:repository/*"]}]}\
      """;

  private static final String NO_POLICY =
      "Registry policy does not exist in the registry with id '123456789012'";

  private final SdkRegistry registry = new SdkRegistry();
  private final EcrClient ecr = registry.ecr;

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void aRegistryHasThePolicyThatWasPut() {
    String put = ecr.putRegistryPolicy(r -> r.policyText(POLICY)).policyText();

    assertThat(put)
        .startsWith("{\n  \"Version\" : \"2012-10-17\",\n  \"Statement\" : [ {\n")
        .contains("\"Resource\" : [ \"arn:aws:ecr:us-east-1:123456789012:repository/*\" ]");
    assertThat(ecr.getRegistryPolicy(r -> {}).policyText()).isEqualTo(put);
    assertThat(ecr.getRegistryPolicy(r -> {}).registryId()).isEqualTo(ACCOUNT);
  }

  @Test
  void aDeletedPolicyIsAnsweredOnceMore() {
    String put = ecr.putRegistryPolicy(r -> r.policyText(POLICY)).policyText();

    assertThat(ecr.deleteRegistryPolicy(r -> {}).policyText()).isEqualTo(put);
    assertRefused(
        RegistryPolicyNotFoundException.class, NO_POLICY, () -> ecr.getRegistryPolicy(r -> {}));
    assertRefused(
        RegistryPolicyNotFoundException.class, NO_POLICY, () -> ecr.deleteRegistryPolicy(r -> {}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "us-west-2:123456789012", "us-east-1:111122223333"})
  void aPolicyForAnotherRegistryIsRefused(String registry) {
    String text = POLICY.replace("us-east-1:123456789012", registry);

    assertInvalid(
        "PolicyText",
        "Invalid registry policy provided",
        () -> ecr.putRegistryPolicy(r -> r.policyText(text)));
  }

  @Test
  void aPolicyHasTheModelsLength() {
    assertInvalid(
        "policyText",
        "must have length less than or equal to 10240",
        () -> ecr.putRegistryPolicy(r -> r.policyText(" ".repeat(10_241))));
  }

  private ReplicationConfiguration put(ReplicationRule... rules) {
    return ecr.putReplicationConfiguration(r -> r.replicationConfiguration(c -> c.rules(rules)))
        .replicationConfiguration();
  }

  private static ReplicationRule to(String... regions) {
    return ReplicationRule.builder()
        .destinations(Arrays.stream(regions).map(region -> destination(region, ACCOUNT)).toList())
        .build();
  }

  private static ReplicationDestination destination(String region, String account) {
    return ReplicationDestination.builder().region(region).registryId(account).build();
  }

  @Test
  void aRegistryReplicatesNothingUnlessConfigured() {
    DescribeRegistryResponse described = ecr.describeRegistry(r -> {});

    assertThat(described.registryId()).isEqualTo(ACCOUNT);
    assertThat(described.replicationConfiguration().hasRules()).isTrue();
    assertThat(described.replicationConfiguration().rules()).isEmpty();
  }

  @Test
  void theConfigurationIsDescribedAsItWasPut() {
    ReplicationRule filtered = filter(to("us-west-1", "us-west-2"), "prod-", "PREFIX_MATCH");

    ReplicationConfiguration put = put(filtered, to("eu-west-1"));

    assertThat(put.rules()).containsExactly(filtered, to("eu-west-1"));
    assertThat(ecr.describeRegistry(r -> {}).replicationConfiguration()).isEqualTo(put);
  }

  @Test
  void aConfigurationTakesThePlaceOfTheOneBefore() {
    put(to("us-west-1"));
    put(to("us-west-2"));
    assertThat(ecr.describeRegistry(r -> {}).replicationConfiguration().rules())
        .containsExactly(to("us-west-2"));

    put();

    assertThat(ecr.describeRegistry(r -> {}).replicationConfiguration().rules()).isEmpty();
  }

  @Test
  void aRegistryDoesNotReplicateToItself() {
    assertInvalid(
        "replicationConfiguration",
        "Replication destination cannot be the same as the source registry",
        () -> put(to("us-west-2", "us-east-1")));
  }

  @Test
  void moreDestinationsThanTheQuotaAreNotValid() {
    List<ReplicationDestination> destinations =
        IntStream.range(0, 26)
            .mapToObj(i -> destination("us-west-2", "%012d".formatted(i)))
            .toList();

    assertRefused(
        ValidationException.class,
        "The number of unique replication destinations across all rules must be less than or equal"
            + " to 25",
        () -> put(ReplicationRule.builder().destinations(destinations).build()));
  }

  @Test
  void rulesDestinationsAndFiltersHaveTheModelsBounds() {
    ReplicationRule rule = to("us-west-2");
    String rules = "replicationConfiguration.rules";

    assertInvalid(
        rules,
        "must have length less than or equal to 10",
        () -> put(IntStream.range(0, 11).mapToObj(i -> rule).toArray(ReplicationRule[]::new)));
    assertInvalid(
        rules + ".destinations",
        "must have length less than or equal to 100",
        () ->
            put(
                ReplicationRule.builder()
                    .destinations(
                        IntStream.range(0, 101)
                            .mapToObj(i -> rule.destinations().getFirst())
                            .toList())
                    .build()));
    assertInvalid(
        rules + ".destinations.region",
        "must satisfy regular expression '[0-9a-z-]{2,25}'",
        () -> put(to("US-WEST-2")));
    assertInvalid(
        rules + ".repositoryFilters",
        "must have length greater than or equal to 1",
        () -> put(rule.toBuilder().repositoryFilters(List.of()).build()));
    assertInvalid(
        rules + ".repositoryFilters.filter",
        "must have length greater than or equal to 2",
        () -> put(filter(rule, "p", "PREFIX_MATCH")));
    assertInvalid(
        rules + ".repositoryFilters.filterType",
        "must satisfy enum value set: [PREFIX_MATCH]",
        () -> put(filter(rule, "prod", "SUFFIX_MATCH")));
  }

  private static ReplicationRule filter(ReplicationRule rule, String filter, String type) {
    return rule.toBuilder()
        .repositoryFilters(RepositoryFilter.builder().filter(filter).filterType(type).build())
        .build();
  }

  private DescribeImageReplicationStatusResponse status(ImageIdentifier image) {
    return ecr.describeImageReplicationStatus(r -> r.repositoryName("app").imageId(image));
  }

  @Test
  void anImageThatWasReplicatedNowhereHasNoStatus() {
    registry.create("app");
    Digest digest = registry.image("app", "content", "v1");
    put(to("us-west-2"));

    DescribeImageReplicationStatusResponse status = status(byTag("v1"));

    assertThat(status.repositoryName()).isEqualTo("app");
    assertThat(status.imageId()).isEqualTo(byBoth(digest, "v1"));
    assertThat(status.hasReplicationStatuses()).isTrue();
    assertThat(status.replicationStatuses()).isEmpty();
  }

  @Test
  void anImageThatIsNotThereIsNotFound() {
    registry.create("app");

    assertRefused(
        ImageNotFoundException.class,
        "The image with imageId {imageDigest:'null', imageTag:'v1'} does not exist within the"
            + " repository with name 'app' in the registry with id '123456789012'",
        () -> status(byTag("v1")));
    assertRefused(
        ImageNotFoundException.class,
        "The image with imageId {imageDigest:'%s', imageTag:'null'} does not exist within the repository with name 'app' in the registry with id '123456789012'"
            .formatted(SdkRegistry.MISSING),
        () -> status(byDigest(SdkRegistry.MISSING)));
  }

  @Test
  void anImageIsNamedByTagOrDigest() {
    registry.create("app");

    assertRefused(
        InvalidParameterException.class,
        "Invalid request parameters: both tag and digest cannot be null",
        () -> status(ImageIdentifier.builder().build()));
  }
}
