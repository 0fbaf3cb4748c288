package dev.berth.lambda.http;

import java.util.Optional;

/**
 * The VPC endpoint that a request came through (guide, "Amazon ECR interface VPC endpoints").
 *
 * @param id {@code vpce-...}
 * @param vpc {@code vpc-...}, where the edge knows it
 */
public record VpcEndpoint(String id, Optional<String> vpc) {}
