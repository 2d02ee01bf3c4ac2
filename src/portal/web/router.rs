//! Guarded routes: an operation's declaration says who may call it, so that none can be reached unguarded. Each route
//! also writes itself into the OpenAPI document.

use std::{any::Any, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, Response, Uri, header, request::Parts},
    routing::{MethodFilter, MethodRouter, on},
};
use serde::{Serialize, de::DeserializeOwned};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::ToSchema;

use super::{
    answer::{self, RequestId},
    context::Context,
    exposure::source,
    feed,
    file::{Incoming, Outgoing},
    grant::Grant,
    input,
    openapi::Document,
    opening::{accept, enter, open},
    source::Source,
};
use crate::{
    api::{
        card::withheld,
        endpoint::{Endpoint, File, Method, PathParameter, Raw},
        page::{ListQuery, MAX_LIMIT, Page},
        problem::{Code, Problem},
    },
    portal::{
        Portal,
        audit::Cause,
        error::{Error, Result},
    },
};

/// The routes of a portal, and their document. An operation is added by its declaration, which says who may call it:
///
/// ```
/// # use citytime::api::endpoint::{Anyone, Empty};
/// # use citytime::portal::{error::Result, web::{context::Context, router::Routes}};
/// citytime::endpoints! {
///     /// Look through the letter box
///     PEEK = Get "/v1/peek" "peek", Anyone(), None, ((), Empty) -> Empty, [];
/// }
/// async fn peek(_: Context<Anyone>, (): (), _: Empty) -> Result<Empty> {
///     Ok(Empty {})
/// }
/// fn routes(routes: Routes) -> Routes {
///     routes.add(&PEEK, peek)
/// }
/// ```
///
/// One that does not say it is none:
///
/// ```compile_fail
/// # use citytime::api::endpoint::Empty;
/// citytime::endpoints! {
///     /// Look through the letter box
///     PEEK = Get "/v1/peek" "peek", None, ((), Empty) -> Empty, [];
/// }
/// ```
///
/// Nor is one routed with an access that nobody checks:
///
/// ```compile_fail,E0277
/// # use citytime::api::endpoint::{Access, Empty, Endpoint, Key, Method, Needs};
/// # use citytime::portal::{error::Result, web::{context::Context, router::Routes}};
/// enum Whoever {}
/// impl Access for Whoever {
///     type Need = ();
///     fn describe((): ()) -> Needs {
///         Needs::Nothing
///     }
/// }
/// # static PEEK: Endpoint<Whoever, (), Empty, Empty> = Endpoint { id: "peek", method: Method::Get, path: "/v1/peek",
/// #     summary: "Look", need: (), key: Key::None, errors: &[], types: std::marker::PhantomData };
/// fn routes(routes: Routes) -> Routes {
///     routes.add(&PEEK, async |_, (), _: Empty| Ok(Empty {}))
/// }
/// ```
pub struct Routes {
    portal: Portal,
    router: Router,
    document: Document,
    elsewhere: Vec<Box<dyn Elsewhere>>,
}

/// What answers a path or method that is not there, in place of a problem document, where a standard says how.
pub trait Elsewhere: Fn(&RequestId, &Uri, Code) -> Option<Response<Body>> + Send + Sync + 'static {}
impl<F: Fn(&RequestId, &Uri, Code) -> Option<Response<Body>> + Send + Sync + 'static> Elsewhere for F {}

/// How a standard, or a page, tells a refusal.
pub trait Refuse: Fn(&RequestId, &Uri, Error) -> Response<Body> + Clone + Send + Sync + 'static {}
impl<F: Fn(&RequestId, &Uri, Error) -> Response<Body> + Clone + Send + Sync + 'static> Refuse for F {}

impl Routes {
    /// No routes yet.
    pub fn new(portal: Portal) -> Self {
        let document = Document::new(&portal.city().name);
        Self { portal, router: Router::new(), document, elsewhere: Vec::new() }
    }

    /// The portal they are of.
    pub fn portal(&self) -> &Portal {
        &self.portal
    }

    /// An operation and what answers it.
    #[must_use]
    pub fn add<A, P, I, O, F>(
        mut self,
        endpoint: &'static Endpoint<A, P, I, O>,
        handler: impl Fn(Context<A>, P, I) -> F + Clone + Send + Sync + 'static,
    ) -> Self
    where
        A: Grant,
        P: PathParameter,
        I: DeserializeOwned + Serialize + ToSchema + Send + 'static,
        O: Serialize + ToSchema + Send + 'static,
        F: Future<Output = Result<O>> + Send + 'static,
    {
        self.document.add(endpoint);
        let portal = self.portal.clone();
        self.route(endpoint, move |request, id: RequestId| {
            let (portal, handler) = (portal.clone(), handler.clone());
            async move {
                let (context, path, input) = open(endpoint, portal, &id, request).await?;
                let (tracker, claim) = (context.portal.tracker().clone(), context.claim.clone());
                let work = handler(context, path, input);
                let output = if endpoint.method.mutates() {
                    // It finishes even if the caller hangs up, and a drain waits for it.
                    tracker.spawn(work).await.map_err(Error::internal).flatten()
                } else {
                    work.await
                };
                let answer = match output {
                    Ok(output) => answer::json(&id, &output),
                    Err(error) => answer::refusal(&id, endpoint, error),
                };
                Ok(answer::replayed(answer, claim.as_ref()))
            }
        })
    }

    /// A list: a page, or all of it as lines where the caller accepts `application/x-ndjson`.
    #[must_use]
    pub fn list<A, I, T, F>(
        mut self,
        endpoint: &'static Endpoint<A, (), I, Page<T>>,
        handler: impl Fn(Context<A>, (), I) -> F + Clone + Send + Sync + 'static,
    ) -> Self
    where
        A: Grant<Who: Clone + Sync>,
        I: ListQuery + DeserializeOwned + Serialize + ToSchema,
        T: Serialize + ToSchema + Send + 'static,
        F: Future<Output = Result<Page<T>>> + Send + 'static,
    {
        self.document.add_list(endpoint);
        let portal = self.portal.clone();
        self.route(endpoint, move |request: Request, id: RequestId| {
            let (portal, handler) = (portal.clone(), handler.clone());
            async move {
                let as_lines = accepts_lines(request.headers());
                let (context, (), mut query) = open(endpoint, portal, &id, request).await?;
                if as_lines {
                    let lines = feed::lines(context, query, handler).await?;
                    return Ok(answer::lines(&id, Body::from_stream(lines)));
                }
                check_limit(&mut query)?;
                Ok(answer::json(&id, &handler(context, (), query).await?))
            }
        })
    }

    /// An operation of another standard's form: guarded and documented as any other; its handler reads the request and
    /// writes the answer, and `refuse` writes what refuses it.
    #[must_use]
    pub fn raw<A, F>(
        self,
        operation: &'static Raw<A>,
        refuse: impl Refuse,
        handler: impl Fn(Context<A>, RequestId, Parts, Body) -> F + Clone + Send + Sync + 'static,
    ) -> Self
    where
        A: Grant,
        F: Future<Output = Result<Response<Body>>> + Send + 'static,
    {
        self.raw_in(operation, refuse, |route| route, handler)
    }

    /// The same, each of its routes in a layer that sees the request first.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place where routes are added")]
    pub fn raw_in<A, F>(
        mut self,
        operation: &'static Raw<A>,
        refuse: impl Refuse,
        layer: impl Fn(MethodRouter) -> MethodRouter,
        handler: impl Fn(Context<A>, RequestId, Parts, Body) -> F + Clone + Send + Sync + 'static,
    ) -> Self
    where
        A: Grant,
        F: Future<Output = Result<Response<Body>>> + Send + 'static,
    {
        self.document.add_raw(operation);
        for path in operation.paths {
            let (portal, handler, refuse) = (self.portal.clone(), handler.clone(), refuse.clone());
            let service = on(filter(operation.method), move |request: Request| {
                let (portal, handler, refuse, id) =
                    (portal.clone(), handler.clone(), refuse.clone(), portal.request_id());
                async move {
                    let (parts, body) = request.into_parts();
                    let uri = parts.uri.clone();
                    let now = portal.clock().now();
                    let answered = async {
                        let who = A::admit(&portal, &parts.headers, operation.need, now).await?;
                        input::address(&parts.uri)?;
                        accept::<A>(&portal, &who, (operation.id, operation.method, operation.need))?;
                        let (today, tracker) = (portal.today(now), portal.tracker().clone());
                        let address = source(&parts);
                        let cause = Cause::call(operation.id, &id.0, address).of(A::caller(&who));
                        let context = Context {
                            portal: portal.clone(),
                            who,
                            now,
                            today,
                            source: Source::of(address),
                            claim: None,
                            cause,
                        };
                        let work = handler(context, id.clone(), parts, body);
                        if operation.method.mutates() {
                            // As above: it finishes even if the caller hangs up.
                            tracker.spawn(work).await.map_err(Error::internal)?
                        } else {
                            work.await
                        }
                    };
                    answered.await.unwrap_or_else(|error| {
                        answer::log(&id, operation.id, &error);
                        refuse(&id, &uri, error)
                    })
                }
            });
            self.router = self.router.route(path, layer(service));
        }
        self
    }

    /// Lets a standard tell in its own form that a path or method is not there.
    #[must_use]
    pub fn elsewhere(mut self, answer: impl Elsewhere) -> Self {
        self.elsewhere.push(Box::new(answer));
        self
    }

    /// An operation whose input is a file that streams in.
    #[must_use]
    pub fn receive<A, P, O, F>(
        mut self,
        endpoint: &'static Endpoint<A, P, File, O>,
        handler: impl Fn(Context<A>, P, Incoming) -> F + Clone + Send + Sync + 'static,
    ) -> Self
    where
        A: Grant,
        P: PathParameter,
        O: Serialize + ToSchema + Send + 'static,
        F: Future<Output = Result<O>> + Send + 'static,
    {
        self.document.add_received(endpoint);
        let portal = self.portal.clone();
        self.route(endpoint, move |request: Request, id: RequestId| {
            let (portal, handler) = (portal.clone(), handler.clone());
            async move {
                let (mut parts, body) = request.into_parts();
                let (context, path) = enter(endpoint, portal, &id, &mut parts).await?;
                let tracker = context.portal.tracker().clone();
                // What has arrived whole is attached even if the caller hangs up before the answer.
                let work = tracker.spawn(handler(context, path, Incoming::new(&parts.headers, body)));
                let output = work.await.map_err(Error::internal)??;
                Ok(answer::json(&id, &output))
            }
        })
    }

    /// An operation whose answer is a file that streams out.
    #[must_use]
    pub fn send<A, P, I, F>(
        mut self,
        endpoint: &'static Endpoint<A, P, I, File>,
        handler: impl Fn(Context<A>, P, I) -> F + Clone + Send + Sync + 'static,
    ) -> Self
    where
        A: Grant,
        P: PathParameter,
        I: DeserializeOwned + Serialize + ToSchema + Send + 'static,
        F: Future<Output = Result<Outgoing>> + Send + 'static,
    {
        self.document.add_sent(endpoint);
        let portal = self.portal.clone();
        self.route(endpoint, move |request, id: RequestId| {
            let (portal, handler) = (portal.clone(), handler.clone());
            async move {
                let (context, path, input) = open(endpoint, portal, &id, request).await?;
                Ok(handler(context, path, input).await?.answer(&id))
            }
        })
    }

    #[expect(clippy::disallowed_methods, reason = "the one place where routes are added")]
    fn route<A, P, I, O, F>(
        mut self,
        endpoint: &'static Endpoint<A, P, I, O>,
        respond: impl Fn(Request, RequestId) -> F + Clone + Send + Sync + 'static,
    ) -> Self
    where
        A: Grant,
        F: Future<Output = Result<Response<Body>>> + Send + 'static,
    {
        let portal = self.portal.clone();
        let service = on(filter(endpoint.method), move |request: Request| {
            let id = portal.request_id();
            let answered = respond(request, id.clone());
            async move { answered.await.unwrap_or_else(|error| answer::refusal(&id, endpoint, error)) }
        });
        self.router = self.router.route(endpoint.path, service);
        self
    }

    /// The router with its document at `/openapi.json`, and problem documents for what it does not have.
    #[expect(clippy::disallowed_methods, reason = "the one place where routes are added")]
    pub fn finish(self) -> Router {
        let Self { portal, router, document, elsewhere } = self;
        let elsewhere: Arc<[Box<dyn Elsewhere>]> = elsewhere.into();
        let document: Arc<serde_json::Value> = Arc::new(document.finish());
        let documented = portal.clone();
        let show = on(MethodFilter::GET, move || {
            let answer = answer::json(&documented.request_id(), &*document);
            async move { answer }
        });
        let refuse = |portal: Portal, code: Code| {
            let elsewhere = Arc::clone(&elsewhere);
            move |request: Request| {
                let id = portal.request_id();
                let told = elsewhere.iter().find_map(|answer| answer(&id, request.uri(), code));
                let detail = format!("there is no {} {}", request.method(), withheld(request.uri().path()));
                let problem = Problem::new(code, detail).hint("the operations are listed at /openapi.json");
                async move { told.unwrap_or_else(|| answer::problem(&id, "none", problem.into())) }
            }
        };
        router
            .route("/openapi.json", show)
            .fallback(refuse(portal.clone(), Code::NotFound))
            .method_not_allowed_fallback(refuse(portal.clone(), Code::MethodNotAllowed))
            .layer(CatchPanicLayer::custom(move |panic: Box<dyn Any + Send>| {
                answer::problem(&portal.request_id(), "panicked", Error::internal(told(&*panic)))
            }))
    }
}

fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Patch => MethodFilter::PATCH,
        Method::Delete => MethodFilter::DELETE,
    }
}

/// What a panic said.
fn told(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("a panic without a word")
}

fn accepts_lines(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.split(',').any(|kind| kind.trim().starts_with("application/x-ndjson")))
}

fn check_limit<I: ListQuery>(query: &mut I) -> Result<()> {
    match query.limit_mut() {
        Some(0) => Err(Error::field("/limit", "limit is at least 1")),
        Some(limit) if *limit > MAX_LIMIT => Err(Error::field("/limit", format!("limit is at most {MAX_LIMIT}"))),
        _ => Ok(()),
    }
}
