use domain::Programme;
use testkit::on_both_engines;
use crate::harness::Server;
use crate::reply::assert_answer;

on_both_engines! {
    async fn smoke(database: TestDatabase) {
        let server = Server::start(&database, Programme::default()).await;
        let till = server.till();
        assert_answer!(till.get("/cashier/session").await, @"");
    }
}
