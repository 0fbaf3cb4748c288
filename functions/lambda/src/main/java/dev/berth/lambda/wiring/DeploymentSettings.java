package dev.berth.lambda.wiring;

import dev.berth.core.replication.PeerAgreements;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.lambda.ecr.RegistryHosts;
import dev.berth.registry.login.AwsLoginSettings;
import java.util.Optional;

/**
 * How a deployment is set up.
 *
 * @param awsLogin empty where no principal of AWS may log in
 * @param eventSource what its events are published as: {@code aws.ecr}, which EventBridge takes
 *     from ECR alone, or another
 * @param pullEvents whether pulls are told, too, which costs each a write
 * @param agreements with the deployments that replicate into it
 */
public record DeploymentSettings(
    String region,
    DeploymentSecret secret,
    RegistryHosts hosts,
    DeploymentLimits limits,
    Optional<AwsLoginSettings> awsLogin,
    String eventSource,
    boolean pullEvents,
    PeerAgreements agreements) {

  /** ECR's own. */
  public static final String ECR_EVENTS = "aws.ecr";
}
