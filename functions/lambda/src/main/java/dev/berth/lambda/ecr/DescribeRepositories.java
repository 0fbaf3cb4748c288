package dev.berth.lambda.ecr;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.repository.Repositories;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.store.Page;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The repositories of a registry: all of them page by page, or some by name. */
final class DescribeRepositories
    implements Operation<DescribeRepositories.Request, DescribeRepositories.Response> {

  /**
   * @param repositoryNames empty for all
   */
  record Request(
      Optional<String> registryId,
      List<String> repositoryNames,
      Optional<String> nextToken,
      Optional<Integer> maxResults) {
    Request {
      registryId.ifPresent(id -> Constraints.registryId("registryId", id));
      repositoryNames = Constraints.optionalList("repositoryNames", repositoryNames, 1, 100);
      repositoryNames.forEach(name -> Constraints.repositoryName("repositoryNames", name));
      MaxResults.check(maxResults);
      if (!repositoryNames.isEmpty()) {
        MaxResults.refuseWith("repositoryNames", nextToken, maxResults);
      }
    }
  }

  record Response(List<RepositoryDocument> repositories, Optional<String> nextToken) {}

  private final Repositories repositories;
  private final RegistryHosts hosts;
  private final PageTokens pageTokens;

  DescribeRepositories(Repositories repositories, RegistryHosts hosts, PageTokens pageTokens) {
    this.repositories = repositories;
    this.hosts = hosts;
    this.pageTokens = pageTokens;
  }

  /** Of the listing; by name, each repository is asked for: {@link #permissions}. */
  @Override
  public String resource(Request request, Caller caller) {
    return Arns.allRepositories(caller.region(), caller.registry(request.registryId()).account());
  }

  @Override
  public List<Permission> permissions(Request request, Caller caller) {
    String account = caller.registry(request.registryId()).account();
    Stream<String> resources =
        request.repositoryNames().isEmpty()
            ? Stream.of(resource(request, caller))
            : names(request).map(name -> Arns.repository(caller.region(), account, name));
    return resources.map(resource -> new Permission(action(), resource)).toList();
  }

  private static Stream<RepositoryName> names(Request request) {
    return request.repositoryNames().stream().distinct().map(RepositoryName::new);
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = caller.registry(request.registryId()).account();
    return request.repositoryNames().isEmpty()
        ? page(account, request, caller)
        : these(account, request, caller);
  }

  private Response page(String account, Request request, Caller caller) {
    String what = name() + " " + account;
    Page<Repository> page =
        repositories.list(
            account,
            pageTokens.open(what, request.nextToken()),
            MaxResults.orDefault(request.maxResults()));
    return new Response(documents(page.entries(), caller), pageTokens.seal(what, page.next()));
  }

  private Response these(String account, Request request, Caller caller) {
    List<RepositoryName> names = names(request).toList();
    List<Repository> found = repositories.find(account, names);
    Set<RepositoryName> foundNames =
        found.stream().map(Repository::name).collect(Collectors.toSet());
    names.stream()
        .filter(name -> !foundNames.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new RepositoryNotFound(account, name);
            });
    return new Response(documents(found, caller), Optional.empty());
  }

  private List<RepositoryDocument> documents(List<Repository> found, Caller caller) {
    return found.stream()
        .map(repository -> RepositoryDocument.of(repository, caller.region(), hosts))
        .toList();
  }
}
