package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static dev.berth.lambda.ecr.SdkRegistry.byTag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.lifecycle.Preview;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewNotFoundException;
import software.amazon.awssdk.services.ecr.model.ScanNotFoundException;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.waiters.EcrWaiter;

/** The waiters of AWS's SDK, on what ends while they wait. */
class WaitersTest {

  private static final RepositoryName APP = new RepositoryName("app");

  private final SdkRegistry registry = new SdkRegistry();
  private final EcrWaiter waiter = registry.ecr.waiter();

  @BeforeEach
  void createRepository() {
    registry.create("app");
  }

  @AfterEach
  void close() {
    waiter.close();
    registry.close();
  }

  @Test
  void aPreviewIsWaitedForUntilItIsComplete() {
    registry.image("app", "one", "v1");
    Preview preview = beginPreview();

    var answer =
        waiter.waitUntilLifecyclePolicyPreviewComplete(
            r -> r.repositoryName("app"),
            between(() -> registry.services.previewEvaluation().run(preview)));

    assertThat(answer.attemptsExecuted()).isEqualTo(2);
    assertThat(answer.matched().response().orElseThrow().statusAsString()).isEqualTo("COMPLETE");
  }

  @Test
  void aPreviewThatDoesNotEndIsWaitedForInVain() {
    beginPreview();

    assertThatThrownBy(
            () ->
                waiter.waitUntilLifecyclePolicyPreviewComplete(
                    r -> r.repositoryName("app"), between(() -> {})))
        .isInstanceOf(SdkClientException.class)
        .hasMessageContaining("exceeded the max retry attempts: 3");
  }

  @Test
  void aScanIsWaitedForUntilItIsComplete() {
    registry.indexesInForce();
    Digest image = registry.debian("app", "v1", "bash 5.2");
    start();

    var answer = waitForScan("v1", () -> registry.scan("app", image));

    assertThat(answer.imageScanStatus().status()).isEqualTo(ScanStatus.COMPLETE);
  }

  @Test
  void aScanThatFailsMeanwhileIsAFailure() {
    Digest image = registry.debian("app", "v1", "bash 5.2");
    start();

    assertThatThrownBy(() -> waitForScan("v1", () -> registry.scan("app", image)))
        .isInstanceOf(SdkClientException.class)
        .hasMessageContaining("failure state");
  }

  @Test
  void whatIsNotThereIsNotWaitedFor() {
    registry.image("app", "one", "v1");

    assertThatThrownBy(() -> waitForScan("v1", () -> {}))
        .hasCauseInstanceOf(ScanNotFoundException.class);
    assertThatThrownBy(() -> waitForScan("none", () -> {}))
        .hasCauseInstanceOf(ImageNotFoundException.class);
    assertThatThrownBy(
            () -> waiter.waitUntilLifecyclePolicyPreviewComplete(r -> r.repositoryName("app")))
        .hasCauseInstanceOf(LifecyclePolicyPreviewNotFoundException.class);
  }

  private Preview beginPreview() {
    var policy = LifecyclePolicy.parse(LifecyclePolicyOperationsTest.KEEP_ONE);
    return registry.services.previews().start(ACCOUNT, APP, Optional.of(policy));
  }

  private DescribeImageScanFindingsResponse waitForScan(String tag, Runnable meanwhile) {
    return waiter
        .waitUntilImageScanComplete(
            r -> r.repositoryName("app").imageId(byTag(tag)), between(meanwhile))
        .matched()
        .response()
        .orElseThrow();
  }

  private void start() {
    registry.ecr.startImageScan(r -> r.repositoryName("app").imageId(byTag("v1")));
  }

  /** Three attempts without a pause, between which this happens. */
  private static Consumer<WaiterOverrideConfiguration.Builder> between(Runnable happens) {
    return configuration ->
        configuration
            .maxAttempts(3)
            .backoffStrategyV2(
                attempt -> {
                  happens.run();
                  return Duration.ZERO;
                });
  }
}
