package dev.berth.lambda.ecr;

import dev.berth.lambda.ecr.EcrError.InvalidParameter;

/** An operation on what an ARN names: always a repository, the one resource that has tags. */
interface ResourceOperation<I extends ResourceOperation.Request, O> extends Operation<I, O> {

  /** What names the resource. */
  interface Request {

    String resourceArn();

    default RepositoryArn arn() {
      return RepositoryArn.parse("resourceArn", resourceArn());
    }
  }

  /**
   * @throws InvalidParameter for a repository of a region that is not the caller's
   */
  @Override
  default String resource(I request, Caller caller) {
    RepositoryArn arn = request.arn();
    if (!arn.region().equals(caller.region())) {
      throw new InvalidParameter(
          "resourceArn", "must name a repository of the region '%s'".formatted(caller.region()));
    }
    return Arns.repository(arn.region(), arn.account(), arn.name());
  }
}
